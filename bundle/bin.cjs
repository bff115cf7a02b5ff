#!/usr/bin/env node
"use strict";var __create=Object.create;var __defProp=Object.defineProperty;var __getOwnPropDesc=Object.getOwnPropertyDescriptor;var __getOwnPropNames=Object.getOwnPropertyNames;var __getProtoOf=Object.getPrototypeOf,__hasOwnProp=Object.prototype.hasOwnProperty;var __copyProps=(to,from,except,desc)=>{if(from&&typeof from=="object"||typeof from=="function")for(let key of __getOwnPropNames(
from))!__hasOwnProp.call(to,key)&&key!==except&&__defProp(to,key,{get:()=>from[key],enumerable:!(desc=__getOwnPropDesc(from,
key))||desc.enumerable});return to};var __toESM=(mod,isNodeMode,target)=>(target=mod!=null?__create(__getProtoOf(mod)):{},__copyProps(isNodeMode||!mod||!mod.
__esModule?__defProp(target,"default",{value:mod,enumerable:!0}):target,mod));var import_node_fs2=require("node:fs"),import_node_path2=require("node:path");var import_node_fs=require("node:fs"),module2=__toESM(require("node:module"),1),import_node_os=require("node:os"),import_node_path=require("node:path"),
import_node_vm=require("node:vm"),kept=6;function runCached(file,build,require2){let folder=cacheFolder(process.platform,
process.env);folder===void 0||!isOurs(folder)?require2(file):"enableCompileCache"in module2&&typeof module2.enableCompileCache==
"function"?(Reflect.apply(module2.enableCompileCache,void 0,[folder]),require2(file)):runScript(file,(0,import_node_path.join)(
folder,`${process.version}-${process.arch}-${build}.bin`),require2)}function cacheFolder(platform,env){if(env.NODE_DISABLE_COMPILE_CACHE===
"1")return;let base=cacheBase(platform,env);return base!==void 0&&(0,import_node_path.isAbsolute)(base)?(0,import_node_path.join)(
base,"kronlint"):void 0}function cacheBase(platform,env){if(platform==="win32")return env.LOCALAPPDATA;let xdg=env.XDG_CACHE_HOME;
if(xdg!==void 0&&(0,import_node_path.isAbsolute)(xdg))return xdg;let home=env.HOME??homeOfUser();if(home!==void 0)return platform===
"darwin"?(0,import_node_path.join)(home,"Library","Caches"):(0,import_node_path.join)(home,".cache")}function homeOfUser(){
try{return(0,import_node_os.homedir)()}catch{return}}function isOurs(folder){try{makeFolder(folder);let found=(0,import_node_fs.lstatSync)(
folder);return!found.isDirectory()||process.getuid===void 0?found.isDirectory():found.uid===process.getuid()&&(found.mode&
63)===0}catch{return!1}}function makeFolder(folder){if((0,import_node_fs.existsSync)(folder))return;let above=(0,import_node_path.dirname)(
folder);above!==folder&&(makeFolder(above),(0,import_node_fs.mkdirSync)(folder,{mode:448}))}function runScript(file,cacheFile,require2){
let cachedData=readIfThere(cacheFile),source=(0,import_node_fs.readFileSync)(file,"latin1"),script=new import_node_vm.Script(
source,cachedData===void 0?{filename:file}:{filename:file,cachedData}),size=script.cachedDataRejected===!0?0:cachedData?.
length??0;process.once("exit",()=>{(size===0||mayHaveGrown())&&renew(script,cacheFile,size)}),Object.defineProperty(globalThis,
"require",{value:require2,configurable:!0}),script.runInThisContext(),Reflect.deleteProperty(globalThis,"require")}function mayHaveGrown(){
return process.pid%16===0||process.uptime()>.5}function renew(script,cacheFile,size){try{let compiled=script.createCachedData();
if(compiled.length<size*1.1)return;let temporary=`${cacheFile}.${String(process.pid)}`;(0,import_node_fs.writeFileSync)(
temporary,compiled,{mode:384}),(0,import_node_fs.renameSync)(temporary,cacheFile),makeRoom((0,import_node_path.dirname)(
cacheFile))}catch{}}function makeRoom(folder){let byAge=(0,import_node_fs.readdirSync)(folder).filter(name=>name.includes(
".bin")).map(name=>({path:(0,import_node_path.join)(folder,name),at:(0,import_node_fs.statSync)((0,import_node_path.join)(
folder,name)).mtimeMs})).sort((a,b)=>b.at-a.at);for(let{path}of byAge.slice(kept))(0,import_node_fs.unlinkSync)(path)}function readIfThere(file){
try{return(0,import_node_fs.readFileSync)(file)}catch{return}}var load=require;process.argv[2]==="lsp"?serve((0,import_node_path2.join)(__dirname,"lsp.cjs")):runCached((0,import_node_path2.join)(
__dirname,"cli.cjs"),"fbc8758ba526a497",load);function serve(file){if((0,import_node_fs2.existsSync)(file)){load(file);return}
process.stderr.write(`kronlint: the language server is not beside this program; npm install kronlint brings it
`),process.exitCode=2}
