"use strict";var import_node_fs3=require("node:fs");var import_node_crypto=require("node:crypto"),import_node_child_process2=require("node:child_process"),import_node_fs2=require("node:fs"),
import_node_path2=require("node:path");function plural(count2,noun){return`${count2} ${noun}${count2===1?"":"s"}`}function summaryLine(summary){let{files,objects,
errors,warnings,notes,fixable,unsafelyFixable}=summary,counts=[count(errors,"error"),count(warnings,"warning"),count(notes,
"note")].filter(text2=>text2!==""),found=counts.length===0?"no findings":counts.join(", "),mendable=[fixable>0?`${fixable}\
 fixable with --fix`:"",unsafelyFixable>0?`${unsafelyFixable}${fixable>0?" more":" fixable"} with --fix --unsafe`:""].filter(
text2=>text2!==""),read=`${found} in ${plural(objects,"object")}, ${plural(files,"file")}`;return mendable.length===0?read:
`${read}; ${mendable.join(", ")}`}function count(number,noun){return number===0?"":plural(number,noun)}var ambiguousRanges=[161,161,164,164,167,168,170,170,173,174,176,180,182,186,188,191,198,198,208,208,215,216,222,225,230,
230,232,234,236,237,240,240,242,243,247,250,252,252,254,254,257,257,273,273,275,275,283,283,294,295,299,299,305,307,312,
312,319,322,324,324,328,331,333,333,338,339,358,359,363,363,462,462,464,464,466,466,468,468,470,470,472,472,474,474,476,
476,593,593,609,609,708,708,711,711,713,715,717,717,720,720,728,731,733,733,735,735,768,879,913,929,931,937,945,961,963,
969,1025,1025,1040,1103,1105,1105,8208,8208,8211,8214,8216,8217,8220,8221,8224,8226,8228,8231,8240,8240,8242,8243,8245,8245,
8251,8251,8254,8254,8308,8308,8319,8319,8321,8324,8364,8364,8451,8451,8453,8453,8457,8457,8467,8467,8470,8470,8481,8482,
8486,8486,8491,8491,8531,8532,8539,8542,8544,8555,8560,8569,8585,8585,8592,8601,8632,8633,8658,8658,8660,8660,8679,8679,
8704,8704,8706,8707,8711,8712,8715,8715,8719,8719,8721,8721,8725,8725,8730,8730,8733,8736,8739,8739,8741,8741,8743,8748,
8750,8750,8756,8759,8764,8765,8776,8776,8780,8780,8786,8786,8800,8801,8804,8807,8810,8811,8814,8815,8834,8835,8838,8839,
8853,8853,8857,8857,8869,8869,8895,8895,8978,8978,9312,9449,9451,9547,9552,9587,9600,9615,9618,9621,9632,9633,9635,9641,
9650,9651,9654,9655,9660,9661,9664,9665,9670,9672,9675,9675,9678,9681,9698,9701,9711,9711,9733,9734,9737,9737,9742,9743,
9756,9756,9758,9758,9792,9792,9794,9794,9824,9825,9827,9829,9831,9834,9836,9837,9839,9839,9886,9887,9919,9919,9926,9933,
9935,9939,9941,9953,9955,9955,9960,9961,9963,9969,9972,9972,9974,9977,9979,9980,9982,9983,10045,10045,10102,10111,11094,
11097,12872,12879,57344,63743,65024,65039,65533,65533,127232,127242,127248,127277,127280,127337,127344,127373,127375,127376,
127387,127404,917760,917999,983040,1048573,1048576,1114109],fullwidthMinimalCodePoint=12288,fullwidthMaximumCodePoint=65510,
fullwidthRanges=[12288,12288,65281,65376,65504,65510];var wideMinimalCodePoint=4352,wideMaximumCodePoint=262141,wideRanges=[4352,4447,8986,8987,9001,9002,9193,9196,9200,9200,
9203,9203,9725,9726,9748,9749,9776,9783,9800,9811,9855,9855,9866,9871,9875,9875,9889,9889,9898,9899,9917,9918,9924,9925,
9934,9934,9940,9940,9962,9962,9970,9971,9973,9973,9978,9978,9981,9981,9989,9989,9994,9995,10024,10024,10060,10060,10062,
10062,10067,10069,10071,10071,10133,10135,10160,10160,10175,10175,11035,11036,11088,11088,11093,11093,11904,11929,11931,
12019,12032,12245,12272,12287,12289,12350,12353,12438,12441,12543,12549,12591,12593,12686,12688,12773,12783,12830,12832,
12871,12880,42124,42128,42182,43360,43388,44032,55203,63744,64255,65040,65049,65072,65106,65108,65126,65128,65131,94176,
94180,94192,94198,94208,101594,101631,101664,101760,101874,101888,102801,102816,102866,110576,110579,110581,110587,110589,
110590,110592,110888,110898,110898,110928,110930,110933,110933,110948,110952,110960,111355,119552,119638,119648,119670,126980,
126980,127183,127183,127374,127374,127377,127386,127406,127406,127488,127490,127504,127547,127552,127560,127568,127569,127584,
127589,127744,127776,127789,127797,127799,127868,127870,127891,127904,127946,127951,127955,127968,127984,127988,127988,127992,
128062,128064,128064,128066,128252,128255,128317,128331,128334,128336,128359,128378,128378,128405,128406,128420,128420,128507,
128591,128640,128709,128716,128716,128720,128722,128725,128729,128732,128735,128747,128748,128756,128764,128986,128986,128992,
129003,129008,129008,129292,129338,129340,129349,129351,129535,129648,129660,129664,129734,129736,129736,129740,129757,129759,
129771,129775,129786,131072,196605,196608,262141];var isInRange=(ranges,codePoint)=>{let low=0,high=Math.floor(ranges.length/2)-1;for(;low<=high;){let mid=Math.floor((low+
high)/2),i=mid*2;if(codePoint<ranges[i])high=mid-1;else if(codePoint>ranges[i+1])low=mid+1;else return!0}return!1};var commonCjkCodePoint=19968,[wideFastPathStart,wideFastPathEnd]=findWideFastPathRange(wideRanges);function findWideFastPathRange(ranges){
let fastPathStart=ranges[0],fastPathEnd=ranges[1];for(let index=0;index<ranges.length;index+=2){let start=ranges[index],
end=ranges[index+1];if(commonCjkCodePoint>=start&&commonCjkCodePoint<=end)return[start,end];end-start>fastPathEnd-fastPathStart&&
(fastPathStart=start,fastPathEnd=end)}return[fastPathStart,fastPathEnd]}var isAmbiguous=codePoint=>codePoint<161||codePoint>
1114109?!1:isInRange(ambiguousRanges,codePoint),isFullwidth=codePoint=>codePoint<fullwidthMinimalCodePoint||codePoint>fullwidthMaximumCodePoint?
!1:isInRange(fullwidthRanges,codePoint);var isWide=codePoint=>codePoint>=wideFastPathStart&&codePoint<=wideFastPathEnd?!0:codePoint<wideMinimalCodePoint||codePoint>
wideMaximumCodePoint?!1:isInRange(wideRanges,codePoint);function validate(codePoint){if(!Number.isSafeInteger(codePoint))throw new TypeError(`Expected a code point, got \`${typeof codePoint}\
\`.`)}function eastAsianWidth(codePoint,{ambiguousAsWide=!1}={}){return validate(codePoint),isFullwidth(codePoint)||isWide(codePoint)||
ambiguousAsWide&&isAmbiguous(codePoint)?2:1}var named={"\n":"\\n","\r":"\\r","	":"\\t"};function escaped(text2,escape){return text2.replace(new RegExp("[\\p{Cc}\\p{Cs\
}\\p{Zl}\\p{Zp}]|(?![\\u{200c}\\u{200d}])\\p{Cf}","gu"),escape)}function visible(text2){return escaped(text2,escapeOf)}function visibleJson(value){
return escaped(JSON.stringify(value),character=>Array.from({length:character.length},(_,index)=>`\\u${character.charCodeAt(
index).toString(16).padStart(4,"0")}`).join(""))}function displayWidth(text2){let width=0;for(let character of text2)width+=
characterWidth(character);return width}function characterWidth(character){let code=character.codePointAt(0)??0;return code<
768?1:/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)?0:eastAsianWidth(code)}function escapeOf(character){let code=character.codePointAt(
0)??0;return named[character]??(code<256?`\\x${code.toString(16).padStart(2,"0")}`:`\\u{${code.toString(16)}}`)}var reach=1e3,tab="    ",cut="\u2026";function frameOf(text2,start,end,width){let{cells,complete}=cellsAround(text2,start),
marks2=cells.filter(cell=>cell.offset>=start&&cell.offset<Math.max(end,start+1)),first=marks2[0]?.offset??start,last=marks2.
at(-1)?.offset??start,window=narrowed(cells,first,complete,width),show=wanted=>window.cells.filter(wanted).map(cell=>cell.
shown).join(""),before=(window.cutLeft?cut:"")+show(cell=>cell.offset<first),marked=show(cell=>cell.offset>=first&&cell.
offset<=last&&marks2.length>0),after=show(cell=>cell.offset>last||marks2.length===0&&cell.offset>=first)+(window.cutRight?
cut:"");return{before,marked,after,indent:" ".repeat(displayWidth(before)),carets:"^".repeat(Math.max(1,displayWidth(marked)))}}
function cellsAround(text2,start){let head2=text2.slice(Math.max(0,start-reach),start),lineBreak=Math.max(head2.lastIndexOf(
`
`),head2.lastIndexOf("\r")),from=wholeCharacter(text2,start-head2.length+lineBreak+1),tail=text2.slice(start,start+reach),
lineEnd=tail.search(/[\r\n]/),to=lineEnd<0?start+tail.length:start+lineEnd,complete={left:lineBreak>=0||from===0,right:lineEnd>=
0||to===text2.length};return{cells:cellsOf(text2.slice(from,to),from),complete}}function wholeCharacter(text2,offset){let code=text2.
charCodeAt(offset);return code>=56320&&code<=57343?offset+1:offset}function cellsOf(text2,from){let cells=[],offset=from;
for(let character of text2){let shown=character==="	"?tab:visible(character);cells.push({offset,shown,width:displayWidth(
shown)}),offset+=character.length}return cells[0]?.offset===0&&text2.startsWith("\uFEFF")?cells.slice(1):cells}function narrowed(cells,start,complete,width){
let left=cells.findIndex(cell=>cell.offset>=start);left<0&&(left=cells.length);let total=cells.reduce((sum,cell)=>sum+cell.
width,0),room=Math.max(20,width)-cut.length*2,used=0,lead=total<=room?room:Math.floor(room/3);for(;left>0&&used+(cells[left-
1]?.width??0)<=lead;)used+=cells[--left]?.width??0;let right=left;for(used=0;right<cells.length&&used+(cells[right]?.width??
0)<=room;)used+=cells[right++]?.width??0;return{cells:cells.slice(left,right),cutLeft:left>0||!complete.left,cutRight:right<
cells.length||!complete.right}}var colours={error:31,warning:33,info:36};function palette(colour){let paint=(start,end)=>text2=>colour&&text2!==""?`\x1B[${start}\
m${text2}\x1B[${end}m`:text2;return{bold:paint(1,22),faint:paint(2,22),good:paint(32,39),severity:(severity,text2)=>paint(
colours[severity],39)(text2)}}function byFile(diagnostics){let files=new Map;for(let diagnostic of diagnostics){let known=files.get(diagnostic.file);known?
known.push(diagnostic):files.set(diagnostic.file,[diagnostic])}return files}var entities={"&":"&amp;","<":"&lt;",">":"&gt;",'"':"&quot;","'":"&#39;"};function markupText(text2){return visible(text2).
replace(/[\ufffe\uffff]/g,"\uFFFD").replace(/[&<>"']/g,character=>entities[character]??"")}function attributes(values){return Object.
entries(values).map(([name,value])=>` ${name}="${markupText(String(value))}"`).join("")}function checkstyleReporter(){return{begin:()=>`<?xml version="1.0" encoding="UTF-8"?>
<checkstyle version="4.3">
`,findings:diagnostics=>[...byFile(diagnostics)].map(([name,found])=>{let errors=found.map(({line:line2,column,severity,
message,rule})=>`    <error${attributes({line:line2,column,severity,message,source:`kronlint.${rule}`})}/>
`);return`  <file${attributes({name})}>
${errors.join("")}  </file>
`}).join(""),end:()=>`</checkstyle>
`}}function compactReporter(){return{begin:()=>"",findings:diagnostics=>diagnostics.map(line).join(""),end:()=>""}}function line({
file,line:line2,column,severity,message,rule}){return`${visible(file)}:${line2}:${column}: ${severity}: ${visible(message)}\
 [${rule}]
`}var commands={error:"error",warning:"warning",info:"notice"};function githubReporter(){return{begin:()=>"",findings:diagnostics=>diagnostics.
map(command).join(""),end:summary=>`${summaryLine(summary)}
`}}function command({file,line:line2,column,endLine,endColumn,severity,rule,message,url}){let columns=line2===endLine?[`\
col=${column}`,`endColumn=${Math.max(column,endColumn-1)}`]:[],title=`title=${property(`kronlint ${rule}`)}`,properties=[
`file=${property(file)}`,`line=${line2}`,`endLine=${endLine}`,...columns,title];return`::${commands[severity]} ${properties.
join(",")}::${data(message)}%0A${data(url)}
`}function data(text2){return visible(text2).replaceAll("%","%25")}function property(text2){return data(text2).replaceAll(
":","%3A").replaceAll(",","%2C")}var severities={error:"critical",warning:"major",info:"info"};function gitlabReporter(){let separator=`
`;return{begin:()=>"[",findings:diagnostics=>{if(diagnostics.length===0)return"";let piece=separator+diagnostics.map(one=>visibleJson(
issue(one))).join(`,
`);return separator=`,
`,piece},end:()=>`
]
`}}function issue({file,line:line2,column,endLine,endColumn,rule,severity,message,fingerprint}){return{description:visible(
message),check_name:rule,fingerprint:`${fingerprint}-${file}`,severity:severities[severity],location:{path:file.replace(
/^\.\//,""),positions:{begin:{line:line2,column},end:{line:endLine,column:endColumn}}}}}function htmlReporter(){return{begin:()=>head,findings:(diagnostics,textOf)=>[...byFile(diagnostics)].map(([file,found])=>section(
file,found,textOf)).join(""),end:summary=>`<footer>${markupText(summaryLine(summary))}</footer>
</main>
</body>
</html>
`}}var style=`
:root {
  color-scheme: light dark;
  --error: light-dark(#b3261e, #ff8a80);
  --warning: light-dark(#8a5a00, #ffc857);
  --info: light-dark(#1f5fa8, #8ab8ff);
  --line: light-dark(#d8d8d8, #444);
  --soft: light-dark(#f5f5f5, #242424);
  --faint: light-dark(#5f5f5f, #a8a8a8);
}
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: light-dark(#fff, #181818); color: light-dark(#1a1a1a\
, #eee) }
main { max-width: 70rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.4rem }
h2 { font-size: 1.05rem; overflow-wrap: anywhere; border-bottom: 1px solid var(--line) }
article { margin: 0 0 1.2rem }
p { margin: .2rem 0; overflow-wrap: anywhere }
.level { font-weight: 600; color: var(--level) }
.error { --level: var(--error) }
.warning { --level: var(--warning) }
.info { --level: var(--info) }
pre { background: var(--soft); padding: .4rem .6rem; overflow-x: auto; margin: .3rem 0 }
mark { background: none; color: inherit; font-weight: 700; text-decoration: underline wavy var(--level) }
.more, footer { color: var(--faint) }
a { color: inherit }
fieldset { border: 1px solid var(--line); display: flex; gap: 1.2rem; flex-wrap: wrap }
body:has(#show-error:not(:checked)) .error,
body:has(#show-warning:not(:checked)) .warning,
body:has(#show-info:not(:checked)) .info { display: none }
`,choice=["error","warning","info"].map(level=>`<label><input type="checkbox" id="show-${level}" checked> ${level}</labe\
l>`).join(" "),head=`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>kronlint</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>kronlint</h1>
<fieldset><legend>Show</legend>${choice}</fieldset>
`;function section(file,found,textOf){return`<section>
<h2>${markupText(file)}</h2>
${found.map(one=>article(one,textOf)).join("")}</section>
`}function article(diagnostic,textOf){let{severity,file,line:line2,column,message,rule,url,related,fix}=diagnostic,more=[
...related.map(one=>`see ${one.file}:${one.line}:${one.column} ${one.message}`),...fix===void 0?[]:[`${fix.safe?"fix":"u\
nsafe fix"}: ${fix.title}`]].map(text2=>`<p class="more">${markupText(text2)}</p>
`),place=`<span${attributes({title:file})}>${line2}:${column}</span>`,link=`<a${attributes({href:url})}>${markupText(rule)}\
</a>`,said=`<p>${place} <span class="level">${severity}</span> ${markupText(message)} (${link})</p>
`;return`<article class="${severity}">
${said}${quoted(diagnostic,textOf(file))}${more.join("")}</article>
`}var widest=160;function quoted({start,end},text2){if(text2===void 0||text2===""||start>text2.length)return"";let{before,
marked,after}=frameOf(text2,start,end,widest);return`<pre>${markupText(before)}<mark>${markupText(marked)}</mark>${markupText(
after)}</pre>
`}var version=1;function jsonReporter({shard}){let separator=`
`;return{begin:()=>`{"version":${version},"diagnostics":[`,findings:diagnostics=>{let lines2=diagnostics.map(one=>visibleJson(
one));if(lines2.length===0)return"";let piece=separator+lines2.join(`,
`);return separator=`,
`,piece},end:summary=>`
],"summary":${visibleJson(summary)}${shard?`,"shard":${visibleJson(shard)}`:""}}
`}}function junitReporter(){let tests=0;return{begin:()=>`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kronlint">
`,findings:diagnostics=>(tests+=diagnostics.length,[...byFile(diagnostics)].map(([file,found])=>suite(file,found)).join(
"")),end:summary=>`${tests===0?cleanRun(summary):""}</testsuites>
`}}function cleanRun(summary){let named2=attributes({name:"run",classname:"kronlint",time:0});return`${opening("kronlint",
1,0)}    <testcase${named2}>${output(summaryLine(summary))}</testcase>
  </testsuite>
`}function opening(name,tests,failures){return`  <testsuite${attributes({name,tests,failures,errors:0,skipped:0,time:0})}\
>
`}function suite(file,found){let failures=found.filter(({severity})=>severity!=="info").length;return`${opening(file,found.
length,failures)}${found.map(testCase).join("")}  </testsuite>
`}function testCase({file,line:line2,column,rule,severity,message,url}){let text2=`${file}:${line2}:${column} ${severity}\
 ${rule} ${message}
`,said=severity==="info"?output(text2):`<failure${attributes({message,type:severity})}>${lines(`${text2}${url}`)}</failu\
re>`;return`    <testcase${attributes({name:`${rule} ${line2}:${column}`,classname:file,file,line:line2,time:0})}>${said}\
</testcase>
`}function output(text2){return`<system-out>${lines(text2)}</system-out>`}function lines(text2){return text2.trimEnd().split(
`
`).map(markupText).join(`
`)}var seam="&#8203;";function markdownText(text2){return visible(text2).replace(/[\\`*_{}[\]()<>#+|!~$&^=-]/g,character=>`\
\\${character}`).replace(/@|#(?=\d)|:(?=\/\/)|\bwww(?=\.)|\bgh(?=\\-\d)/gi,start=>start+seam)}var comment={size:6e4,sizeOf:text2=>text2.length,rest:left=>`and ${plural(left,"more finding")}, for which a comment has\
 no room`},severities2=["error","warning","info"];function markdownReporter({room=comment}){let rows={error:[],warning:[],
info:[]},length={error:0,warning:0,info:0};return{begin:()=>"",findings:diagnostics=>{for(let diagnostic of diagnostics){
let{severity}=diagnostic;if(length[severity]>room.size)continue;let text2=row(diagnostic);rows[severity].push(text2),length[severity]+=
room.sizeOf(text2)}return""},end:summary=>whole(severities2.flatMap(severity=>rows[severity]),summary,room)}}function whole(rows,summary,{
size,sizeOf,rest}){let head2=`### kronlint: ${summaryLine(summary)}
`;if(rows.length===0)return head2;let shown=[],length=0;for(let text2 of rows){if(length+=sizeOf(text2),length>size)break;
shown.push(text2)}let left=summary.errors+summary.warnings+summary.notes-shown.length;return`${head2}
| | Where | What | Rule |
|---|---|---|---|
${shown.join("")}${left>0?`
${rest(left)}
`:""}`}var marks={error:"\u274C error",warning:"\u26A0\uFE0F warning",info:"\u2139\uFE0F info"};function row({severity,file,
line:line2,column,message,rule,url}){return`| ${marks[severity]} | ${markdownText(file)}:${line2}:${column} | ${markdownText(
message)} | [${rule}](${url}) |
`}var home="https://github.com/kronlint/kronlint",levels={error:"error",warning:"warning",info:"note"};function sarifReporter({
tool}){let rules=new Map,separator=`
`,results=found=>{if(found.length===0)return"";let piece=separator+found.map(one=>visibleJson(one)).join(`,
`);return separator=`,
`,piece},indexOf=({rule,url})=>{let known=rules.get(rule)??{index:rules.size,url};return rules.set(rule,known),known.index};
return{begin:()=>'{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"columnKind":"ut\
f16CodeUnits","results":[',findings:diagnostics=>results(diagnostics.map(one=>result(one,indexOf(one)))),suppressed:suppressed=>results(
suppressed.map(one=>({...result(one,indexOf(one)),suppressions:[suppression(one)]}))),end:()=>`
],"tool":${visibleJson({driver:driver([...rules].map(([id,{url}])=>descriptor(id,url,tool?.aboutRule(id))),tool)})}}]}
`}}function driver(rules,tool){return{name:"kronlint",informationUri:home,...tool?{version:tool.version,semanticVersion:tool.
version}:{},rules}}function descriptor(id,helpUri,about){if(!about)return{id,helpUri};let{summary,help,severity,category}=about;
return{id,name:id,helpUri,shortDescription:{text:summary},help:{text:help,markdown:help},defaultConfiguration:{level:levels[severity]},
properties:{tags:[category],"problem.severity":severity==="info"?"recommendation":severity}}}function result(diagnostic,ruleIndex){
let{rule,severity,message,file,path,related,fix,fingerprint}=diagnostic;return{ruleId:rule,ruleIndex,level:levels[severity],
message:{text:visible(message)},locations:[{...location(file,diagnostic),...path===void 0?{}:{logicalLocations:[{fullyQualifiedName:path}]}}],
...related.length===0?{}:{relatedLocations:related.map((one,id)=>({id,...location(one.file,one),message:{text:visible(one.
message)}}))},partialFingerprints:{"kronlint/v1":fingerprint},...fix===void 0?{}:{fixes:[sarifFix(fix)]}}}function suppression({
reason}){return{kind:"inSource",...reason===void 0?{}:{justification:visible(reason)}}}function location(file,span){return{
physicalLocation:{artifactLocation:artifact(file),region:region(span)}}}function region({line:line2,column,endLine,endColumn,
start,end}){return{startLine:line2,startColumn:column,endLine,endColumn,charOffset:start,charLength:end-start}}function artifact(file){
let uri=file.replaceAll("\\","/").split("/").map(encodeURIComponent).join("/");return/^(?:\/|[A-Za-z]:)/.test(file)?{uri:`\
file://${uri.startsWith("/")?"":"/"}${uri.replace("%3A",":")}`}:{uri:uri.replace(/^(?:\.\/)+/,""),uriBaseId:"%SRCROOT%"}}
function sarifFix({title,edits}){let files=new Map;for(let{file,text:text2,...span}of edits){let replacement={deletedRegion:region(
span),insertedContent:{text:text2}};files.set(file,[...files.get(file)??[],replacement])}let artifactChanges=[...files].
map(([file,replacements])=>({artifactLocation:artifact(file),replacements}));return{description:{text:visible(title)},artifactChanges}}function tapReporter(){let tests=0;return{begin:()=>`TAP version 14
`,findings:diagnostics=>diagnostics.map(one=>test(one,++tests)).join(""),end:summary=>tests===0?`ok 1 - ${plain(summaryLine(
summary))}
1..1
`:`# ${visible(summaryLine(summary))}
1..${tests}
`}}function test({file,line:line2,column,rule,severity,message,url},number){let result2=severity==="info"?"ok":"not ok",
block=Object.entries({severity,rule,file,line:line2,column,message,url}).map(([name,value])=>`  ${name}: ${visibleJson(value)}\

`).join("");return`${result2} ${number} - ${plain(`${rule} ${file}:${line2}:${column}`)}
  ---
${block}  ...
`}function plain(text2){return visible(text2).replace(/[\\#]/g,character=>`\\${character}`)}function textReporter({colour,width}){let paint=palette(colour),example;return{begin:()=>"",findings:(diagnostics,textOf)=>(example??=
mostSevere(diagnostics)?.rule,diagnostics.map(one=>`${finding(one,textOf,paint,width).join(`
`)}

`).join("")),end:summary=>footer(summary,example,paint)}}function finding(diagnostic,textOf,paint,width){let{file,line:line2,
column,severity,rule,message,related,fix}=diagnostic,place=paint.bold(`${visible(file)}:${line2}:${column}`),gutter=" ".
repeat(String(line2).length+2);return[`${place} ${paint.severity(severity,severity)} ${paint.faint(rule)} ${visible(message)}`,
...frame(diagnostic,textOf(file),paint,width),...related.map(one=>`${gutter}${paint.faint("see")} ${visible(one.file)}:${one.
line}:${one.column} ${visible(one.message)}`),...fix===void 0?[]:[`${gutter}${paint.good(fix.safe?"fix":"unsafe fix")} ${visible(
fix.title)}`]]}function frame({line:line2,severity,start,end},text2,paint,width){if(text2===void 0||text2===""||start>text2.
length)return[];let number=String(line2),{before,marked,after,indent,carets}=frameOf(text2,start,end,width-number.length-
4),bar=paint.faint("|");return[`  ${paint.faint(number)} ${bar} ${before}${paint.severity(severity,marked)}${after}`.trimEnd(),
`  ${" ".repeat(number.length)} ${bar} ${indent}${paint.severity(severity,carets)}`]}function footer(summary,example,paint){
let{errors,warnings,files}=summary;if(files===0&&errors===0)return"";let line2=summaryLine(summary),coloured=errors>0?paint.
severity("error",line2):warnings>0?paint.severity("warning",line2):paint.good(line2),hint=example===void 0?"":`${paint.faint(
`more about a rule: kronlint explain ${example}`)}
`;return`${coloured}
${hint}`}function mostSevere(diagnostics){return diagnostics.find(one=>one.severity==="error")??diagnostics[0]}var reporters={text:textReporter,compact:compactReporter,json:jsonReporter,sarif:sarifReporter,junit:junitReporter,github:githubReporter,
gitlab:gitlabReporter,checkstyle:checkstyleReporter,tap:tapReporter,markdown:markdownReporter,html:htmlReporter};function createReporter(format,look){return reporters[format](look)}var mostOfLevel=10,levels2=["error","warning","info"];function annotations(diagnostics){let reporter=createReporter("git\
hub",{colour:!1,width:0}),shown=levels2.flatMap(level=>diagnostics.filter(({severity})=>severity===level).slice(0,mostOfLevel));
return{text:reporter.begin()+reporter.findings(shown,()=>{}),shown}}function jobSummary(diagnostics,summary,bytes){let rest=0,
reporter=createReporter("markdown",{colour:!1,width:0,room:{size:bytes,sizeOf:text3=>Buffer.byteLength(text3),rest:left=>(rest=
left,`and ${plural(left,"more finding")}, for which a summary has no room; the log of this step has all`)}}),text2=reporter.
begin()+reporter.findings(diagnostics,()=>{})+reporter.end(summary),sorted=levels2.flatMap(level=>diagnostics.filter(({severity})=>severity===
level));return{text:text2,shown:sorted.slice(0,sorted.length-rest)}}function logLines(diagnostics){return createReporter(
"compact",{colour:!1,width:0}).findings(diagnostics,()=>{})}var passed=["kubernetes","preset","delivery","config","baseline","fail-on"];function inputsOf(env2){let paths=text(env2,
"paths").split(/\r?\n/).map(line2=>line2.trim()).filter(line2=>line2!==""),flags=passed.flatMap(name=>text(env2,name)===
""?[]:[`--${name}=${text(env2,name)}`]),sarif=text(env2,"sarif");return{paths:paths.length===0?["."]:paths,flags,onlyChanged:flag(
env2,"only-changed"),annotations:flag(env2,"annotations"),summary:flag(env2,"summary"),sarif:sarif===""?void 0:sarif}}function text(env2,name){
return(env2[`INPUT_${name.toUpperCase().replaceAll(" ","_")}`]??"").trim()}function flag(env2,name){let value=text(env2,
name);if(value===""||/^(?:true|True|TRUE)$/.test(value))return!0;if(/^(?:false|False|FALSE)$/.test(value))return!1;throw new Error(
`the input ${name} is ${JSON.stringify(value)}, but true or false is needed`)}var import_node_fs=require("node:fs"),import_node_path=require("node:path");var import_node_child_process=require("node:child_process");var largestAnswer=512*1024*1024,largestFile=64*1024*1024,harmless=["-c","core.fsmonitor=false","-c","core.quotePath=fals\
e","-c","protocol.allow=never"];function git(cwd2,args,input){let env2={...process.env,GIT_OPTIONAL_LOCKS:"0",GIT_TERMINAL_PROMPT:"\
0",GIT_NO_LAZY_FETCH:"1"};return(0,import_node_child_process.execFileSync)("git",[...harmless,...args],{cwd:cwd2,env:env2,
maxBuffer:largestAnswer,stdio:[input===void 0?"ignore":"pipe","pipe","pipe"],...input===void 0?{}:{input}})}function checkedOut(cwd2){try{let commit=commitOf(cwd2,"HEAD"),[header=""]=git(cwd2,["cat-file","commit",commit]).toString(
"utf8").split(`

`),parents=[...header.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([,parent])=>parent??[]),common=other=>/^[0-9a-f]+$/.test(
other)?mergeBase(cwd2,other):void 0;return{state:"read",head:{commit,parents,holds:other=>common(other)===other,meets:other=>common(
other)!==void 0}}}catch(error){return{state:"failed",reason:gitReason(error,"HEAD")}}}function mergeBase(cwd2,commit){try{
let found=git(cwd2,["merge-base",commit,"HEAD"]).toString("utf8").trim();return found===""?void 0:found}catch{return}}function commitOf(cwd2,ref){return git(cwd2,["rev-parse","--verify","--quiet","--end-of-options",`${ref}^{commit}`]).toString(
"utf8").trim()}function gitReason(error,ref){if((error instanceof Error&&"code"in error?error.code:void 0)==="ENOENT")return"git is not\
 installed, or the folder is gone";let said=error instanceof Error&&"stderr"in error?String(error.stderr).trim().split(`\

`).at(-1):"";return said===void 0||said===""?`git knows no commit ${ref}`:said.replace(/^fatal: /,"")}function rangeOf(eventPath,linted){let checkout=checkedOut(folderOf(linted));return checkout.state==="failed"?{unknown:"\
git does not know the checkout",reason:checkout.reason}:rangeIn(checkout.head,pullRequestIn(eventPath))}function rangeIn({
commit,parents,holds,meets},{base,head:head2}){let[onto,merged]=parents,isOf=parent=>head2===void 0||parent===head2,isNewer=head2!==
void 0&&onto!==head2&&holds(head2);return parents.length===2&&commit!==head2&&(isOf(merged)||isNewer)&&onto!==void 0?holds(
onto)?{from:onto}:{unknown:noHistory(2)}:commit===base&&commit!==head2||head2!==void 0&&!holds(head2)?{unknown:"the chec\
kout does not hold the pull request (on pull_request_target it is the branch that it goes to)"}:base===void 0?{unknown:"\
the checkout is no merge, and the event names no commit to compare it with"}:meets(base)?{from:base}:{unknown:noHistory(
0)}}function noHistory(depth){return`the checkout has too little history (fetch-depth: ${depth} brings enough)`}function folderOf(path){
return(0,import_node_fs.statSync)(path,{throwIfNoEntry:!1})?.isDirectory()===!0||(0,import_node_path.dirname)(path)===path?
path:folderOf((0,import_node_path.dirname)(path))}function pullRequestIn(path){let request=member(eventAt(path),"pull_re\
quest");return{base:commitIn(member(request,"base")),head:commitIn(member(request,"head"))}}function eventAt(path){if(!(path===
void 0||path===""))try{return JSON.parse((0,import_node_fs.readFileSync)(path,"utf8"))}catch{return}}function member(value,name){
return typeof value=="object"&&value!==null?new Map(Object.entries(value)).get(name):void 0}function commitIn(value){let sha=member(
value,"sha");return typeof sha=="string"&&/^[0-9a-f]{40,64}$/.test(sha)?sha:void 0}function runStep(step){try{let inputs=inputsOf(step.env),asking=asked(step,inputs);log(step,asking.answer.err);let report=reportIn(
asking.answer.out);return report?(tell(step,asking.inputs,report,asking.notes),asking.problem===void 0?asking.answer.exit:
failed(step,2,asking.problem)):failed(step,asking.answer.exit||3,causeOf(asking.answer))}catch(error){return failed(step,
2,error instanceof Error?error.message:String(error))}}function asked(step,inputs){if(inputs.sarif===void 0)return askedInRange(
step,inputs);makeFolder((0,import_node_path2.dirname)((0,import_node_path2.resolve)(step.cwd,inputs.sarif)));let asking=askedInRange(
step,inputs),{exit,err}=asking.answer,problem=exit===2?err.split(`
`).find(line2=>line2.includes("cannot write the report to ")):void 0;return problem===void 0?asking:{...askedInRange(step,
{...inputs,sarif:void 0}),problem:problem.replace(/^kronlint: /,"")}}function askedInRange(step,inputs){let{paths,flags,
sarif,onlyChanged}=inputs,always=[...flags,"--format=json",...sarif===void 0?[]:[`--format=sarif=${sarif}`]],isPullRequest=step.
env.GITHUB_EVENT_NAME?.startsWith("pull_request")===!0,all=()=>step.kronlint([...always,"--",...paths]);if(!onlyChanged||
!isPullRequest)return{answer:all(),inputs,notes:[]};let range=rangeOf(step.env.GITHUB_EVENT_PATH,(0,import_node_path2.resolve)(
step.cwd,paths[0]??"."));if("unknown"in range)return range.reason!==void 0&&log(step,`git: ${range.reason}`),{answer:all(),
inputs,notes:[`${range.unknown}, so all files are reported, changed or not`]};let answer=step.kronlint([...always,`--cha\
nged-files=${range.from}`,"--",...paths]);return answer.exit!==2||!answer.err.includes("--changed-files")?{answer,inputs,
notes:[]}:(log(step,answer.err),{answer:all(),inputs,notes:["git does not tell what changed, so all files are reported, \
changed or not"]})}function makeFolder(folder){if(!((0,import_node_fs2.existsSync)(folder)||(0,import_node_path2.dirname)(
folder)===folder)){makeFolder((0,import_node_path2.dirname)(folder));try{(0,import_node_fs2.mkdirSync)(folder)}catch{return}}}
function causeOf({err}){let said=err.split(`
`).find(line2=>line2.trim()!=="");return`kronlint gave no report${said===void 0?"":`: ${said.replace(/^kronlint: /,"")}`}`}
function reportIn(out){try{let report=JSON.parse(out);return isReport(report)?report:void 0}catch{return}}function isReport(value){
return typeof value=="object"&&value!==null&&"diagnostics"in value&&"summary"in value}function log({out},text2){if(text2.
trim()==="")return;let token=(0,import_node_crypto.randomUUID)();out(`::stop-commands::${token}
${text2.trimEnd()}
::${token}::
`)}function tell(step,inputs,{diagnostics,summary},notes){let{GITHUB_OUTPUT:outputFile,GITHUB_STEP_SUMMARY:summaryFile}=step.
env,annotated=inputs.annotations?annotations(diagnostics):untold,summarized=inputs.summary&&present(summaryFile)?jobSummary(
diagnostics,summary,roomIn(summaryFile)):untold;step.out(annotated.text),logRest(step,diagnostics,[...annotated.shown,...summarized.
shown]);for(let note of notes)step.out(`kronlint: ${note}
`);let{errors,warnings,notes:infos}=summary,counts=[plural(errors,"error"),plural(warnings,"warning"),plural(infos,"note")].
join(", ");step.out(`kronlint: ${counts} in ${plural(summary.objects,"object")}, ${plural(summary.files,"file")}
`);let outputs={errors,warnings,notes:infos,...inputs.sarif===void 0?{}:{sarif:inputs.sarif}};present(outputFile)&&(0,import_node_fs2.appendFileSync)(
outputFile,Object.entries(outputs).map(outputText).join("")),!(summarized===untold||!present(summaryFile))&&(0,import_node_fs2.appendFileSync)(
summaryFile,`${summarized.text}${notes.map(note=>`
kronlint: ${note}
`).join("")}`)}var untold={text:"",shown:[]};function logRest(step,diagnostics,shown){let known=new Set(shown),rest=diagnostics.
filter(one=>!known.has(one));rest.length>0&&log(step,`${plural(rest.length,"finding")} without room elsewhere:
${logLines(rest)}`)}var largestSummary=1024*1024,aroundTable=4096;function roomIn(summaryFile){return largestSummary-aroundTable-
((0,import_node_fs2.statSync)(summaryFile,{throwIfNoEntry:!1})?.size??0)}function present(path){return path!==void 0&&path!==
""}function outputText([name,value]){let end=`end-${(0,import_node_crypto.randomUUID)()}`;return`${name}<<${end}
${String(value)}
${end}
`}function failed({out},exit,message){return out(`::error title=kronlint::${visible(message).replaceAll("%","%25")}
`),exit}function programIn(folder,cwd2){return args=>{let{status,stdout,stderr,error}=(0,import_node_child_process2.spawnSync)(
process.execPath,[(0,import_node_path2.join)(folder,"bin.cjs"),...args],{cwd:cwd2,encoding:"utf8",maxBuffer:1073741824});
if(error)throw error;return{exit:status??3,out:stdout,err:stderr}}}var{env}=process,cwd=env.GITHUB_WORKSPACE??process.cwd();process.exitCode=runStep({env,cwd,out:text2=>{(0,import_node_fs3.writeSync)(
1,text2)},kronlint:programIn(__dirname,cwd)});
