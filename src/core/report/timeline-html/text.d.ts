/** Files of the page that are bundled as they are. */
declare module "*/page/page.css" {
  const text: string;
  export default text;
}

declare module "*/page/scale.js" {
  const text: string;
  export default text;
}

declare module "*/page/marks.js" {
  const text: string;
  export default text;
}

declare module "*/page/draw.js" {
  const text: string;
  export default text;
}

declare module "*/page/move.js" {
  const text: string;
  export default text;
}
