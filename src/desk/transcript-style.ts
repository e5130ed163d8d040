/** Black on white, one column, as wide as a page; the two sides differ by more than colour. */
export const STYLE =
  'body{font:11pt/1.5 "Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;max-width:17cm;margin:1.5cm auto;padding:0 1em;color:#111;background:#fff}' +
  'h1{font-size:17pt;margin:0}h2{font-size:13pt;margin:1.6em 0 .2em;border-top:2px solid #111;padding-top:.6em}' +
  '.made,.facts,time,footer{color:#555;font-size:9.5pt}.facts{margin:.2em 0 1em}' +
  'article{margin:.7em 0;padding:.5em .9em;border:1px solid #c9ced6;border-radius:10px;break-inside:avoid}' +
  'article.citizen{margin-right:12%;background:#f4f6f9}article.operator{margin-left:12%;background:#e9f3ff;border-color:#a9c9ec}' +
  'article header{display:flex;flex-wrap:wrap;gap:.1em .7em;align-items:baseline}article header i{color:#555;font-size:9.5pt}' +
  'article p{margin:.25em 0;white-space:pre-wrap;overflow-wrap:anywhere}.was{color:#555;font-size:10pt;border-left:3px solid #c9ced6;padding-left:.6em}' +
  '.file{color:#333;font-style:italic}.comment{border-left:4px solid #111;padding-left:.8em;white-space:pre-wrap;overflow-wrap:anywhere}' +
  'footer{margin-top:2em;border-top:1px solid #c9ced6;padding-top:.6em}' +
  '@page{margin:1.8cm}@media print{body{margin:0;padding:0;max-width:none}article{background:none!important}}'
