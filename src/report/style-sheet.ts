// Okabe and Ito's palette, told apart by people with any kind of colour vision: blue and vermilion, sky and orange in the dark.
const LIGHT = `--paper:#f7f6f2;--card:#fff;--ink:#17191e;--soft:#555a64;--line:#dedcd4;--coordination:#0072b2;--harvest:#d55e00;--minus:#8a8f98;--everyone:#9aa0a8;--rail:#eceae3;--band:#cfd8de;--accent:#0a5c8c;--warm:#fff6e0;--warmline:#e69f00`;
const DARK = `--paper:#111317;--card:#191c21;--ink:#eceae4;--soft:#aab0ba;--line:#30343c;--coordination:#56b4e9;--harvest:#e69f00;--minus:#7d838d;--everyone:#6d747e;--rail:#262a31;--band:#3d4854;--accent:#7cc5f0;--warm:#2a2416;--warmline:#e69f00`;

/** The report's style sheet: system fonts, light and dark, 360 to 1600 pixels, paper. */
export const STYLE_SHEET = `
:root{color-scheme:light;${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${DARK}}}
:root[data-theme=dark]{color-scheme:dark;${DARK}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
.page{max-width:1120px;margin:0 auto;padding:0 clamp(16px,4vw,40px) 64px}
header.top{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:center;justify-content:space-between;padding:18px 0;border-bottom:1px solid var(--line);font-size:.875rem;color:var(--soft)}
header.top h1{font-size:.9375rem;margin:0;color:var(--ink);font-weight:650}
header.top h1 b{letter-spacing:.01em}
header.top h1 span{color:var(--soft);font-weight:400}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0;padding:0}
a{color:var(--accent);text-underline-offset:3px;text-decoration-thickness:1px}
button{font:inherit;font-size:.875rem;color:var(--ink);background:var(--card);border:1px solid var(--line);border-radius:6px;padding:4px 12px;cursor:pointer}
button:hover{border-color:var(--soft)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:8px;background:var(--card);padding:6px 12px;z-index:1}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
section{margin-top:44px}
h2{font-size:1.375rem;line-height:1.25;margin:0 0 14px;letter-spacing:-.01em;text-wrap:balance}
h2.verdictline{font-size:clamp(1.75rem,4.4vw,2.75rem);line-height:1.12;letter-spacing:-.025em;margin:8px 0 16px;max-width:22ch;font-weight:680}
h3{font-size:1.0625rem;margin:0 0 6px;line-height:1.3}
h4{font-size:.9375rem;margin:34px 0 8px}
p{margin:0 0 10px}
.lede{font-size:1.125rem;color:var(--soft);max-width:68ch;margin-bottom:26px}
.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:14px}
.answer{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 20px}
.answer h3{font-size:.875rem;color:var(--soft);font-weight:600;margin-bottom:8px}
.answer p:last-child,.answer ul:last-child{margin-bottom:0}
.answer strong{font-weight:680}
.answer p:first-of-type{font-size:1.0625rem}
.answer p+p{color:var(--soft);font-size:.9375rem}
.answer ul{padding-left:1.1em;margin:4px 0 0;font-size:.9375rem}
.brief-card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:20px clamp(16px,3vw,32px);margin-top:14px}
.brief-card h3{font-size:1.1875rem}
.bar-heading{display:flex;justify-content:space-between;align-items:baseline;gap:12px;flex-wrap:wrap}
table{border-collapse:collapse;width:100%;font-size:.9375rem;text-align:left}
caption{text-align:left;font-weight:600;padding:0 0 8px}
th,td{padding:8px 14px 8px 0;vertical-align:top;border-top:1px solid var(--line);font-weight:400}
thead th{border-top:0;color:var(--soft);font-size:.8125rem;font-weight:500;padding-top:0;vertical-align:bottom}
.number{text-align:right;white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 20px 8px;margin-bottom:18px}
.scroll table{min-width:640px}
.list tbody th{white-space:nowrap;max-width:240px;overflow:hidden;text-overflow:ellipsis}
#others{table-layout:auto;min-width:820px}
#others td:last-child{min-width:240px;padding-left:14px}
tbody tr:target{background:var(--rail)}
details.group{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:0 clamp(16px,3vw,32px);margin:0 0 16px;content-visibility:auto;contain-intrinsic-size:auto 64px}
details.group[open]{padding-bottom:28px;contain-intrinsic-size:auto 2400px}
details.group>summary{cursor:pointer;padding:18px 0;display:flex;flex-wrap:wrap;gap:2px 16px;align-items:baseline;justify-content:space-between;list-style-position:inside}
details.group>summary h3{display:inline;font-size:1.1875rem;margin:0;overflow-wrap:anywhere}
details.group>summary h3::before{content:"▸";color:var(--soft);display:inline-block;width:1.1em}
details.group[open]>summary h3::before{content:"▾"}
details.group>summary::-webkit-details-marker{display:none}
.id{font-weight:400;color:var(--soft);margin-left:.35em}
.brief{color:var(--soft);font-size:.9375rem}
.statement{font-size:1.0625rem;max-width:72ch}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(128px,1fr));gap:0;margin:18px 0 0;border-top:1px solid var(--line)}
.figures div{padding:12px 14px 12px 0;border-bottom:1px solid var(--line);min-width:0}
.figures dt{color:var(--soft);font-size:.8125rem}
.figures dd{margin:0;font-weight:600;overflow-wrap:anywhere}
.note,small{color:var(--soft);font-size:.8125rem}
.note{max-width:76ch}
.evidence{margin:18px 0 30px;table-layout:fixed}
.evidence th:first-child{width:132px}
.evidence thead th:last-child,.evidence td.bits{width:34%}
.evidence caption{padding-bottom:12px}
.coordination caption::before,.harvest caption::before{content:"";display:inline-block;width:.7em;height:.7em;border-radius:2px;margin-right:.55em;background:var(--coordination)}
.harvest caption::before{background:var(--harvest)}
.evidence tbody th{font-weight:600;overflow-wrap:anywhere}
.evidence tbody th small{display:block;font-weight:400}
.evidence p{margin:0 0 4px;max-width:62ch;overflow-wrap:anywhere}
.evidence .correction{color:var(--soft);font-size:.875rem}
.evidence tfoot th,.evidence tfoot td{border-top:2px solid var(--ink);font-weight:600}
.bits{position:relative}
.bits b{display:block;text-align:right;line-height:1.4}
.bits svg{display:block;width:100%;height:14px}
svg .zero{stroke:var(--line);stroke-width:2;vector-effect:non-scaling-stroke}
svg .coordination{fill:var(--coordination)}
svg .harvest{fill:var(--harvest)}
svg .minus{fill:var(--minus)}
svg .neutral{fill:var(--coordination)}
svg .rail{fill:var(--rail)}
.range{display:flex;flex-wrap:wrap;align-items:center;gap:2px 12px}
.range svg{width:200px;height:12px;flex:none}
svg .base{stroke:var(--line)}
svg .band{fill:var(--band)}
svg .median{stroke:var(--soft);stroke-width:1.5}
svg .value{fill:var(--ink);stroke:var(--card);stroke-width:1.5}
.facts{padding:0;margin:0 0 8px;list-style:none;counter-reset:fact;display:grid;gap:22px}
.facts>li{counter-increment:fact;position:relative;padding-left:34px;min-width:0}
.facts>li::before{content:counter(fact);position:absolute;left:0;top:0;font-weight:680;font-size:1.25rem;line-height:1.3;color:var(--soft)}
.facts p{margin:0 0 4px;max-width:76ch;overflow-wrap:anywhere}
.facts .kind{color:var(--soft);font-size:.875rem}
.facts .kind b{color:var(--ink);font-weight:600}
.pair{display:grid;margin-bottom:4px;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:8px 14px;margin-top:8px}
.pair figure{margin:0;min-width:0}
.pair figcaption{font-size:.8125rem;color:var(--soft)}
mark{background:var(--warm);color:inherit;border-bottom:2px solid var(--warmline);padding:0 2px;border-radius:2px}
.slot{font-size:.8125em;font-weight:650;padding:0 5px}
.skeleton{max-width:88ch}
.fills{list-style:none;padding:0;margin:12px 0 0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:10px 28px;font-size:.9375rem}
.fills li{min-width:0}
.fills p{margin:2px 0 0;overflow-wrap:anywhere}
.pair svg{display:block;width:100%;height:36px;border-bottom:1px solid var(--line)}
svg .strip{fill:var(--coordination)}
.skeleton+.fills+.note,.skeleton+.note{margin-top:22px}
.keys td svg{display:block;width:240px;max-width:100%;height:24px}
.keys th[scope=row]{font-weight:600}
.keys th.number{white-space:normal}
.columns ul{padding-left:1.1em;margin:0 0 10px;font-size:.9375rem;overflow-wrap:anywhere}
.columns .bars,.columns .plain{padding-left:0}
.map{margin:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:12px 36px;align-items:center;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 20px}
.map>svg{width:100%;max-width:560px;height:auto}
.map figcaption{font-size:.9375rem;max-width:44ch}
.map figcaption svg{width:16px;height:16px;vertical-align:-3px;margin-right:.5em}
svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;fill:var(--soft)}
svg text.no{fill:var(--ink);font-weight:650;paint-order:stroke;stroke:var(--card);stroke-width:3px}
svg .region{fill:var(--warm);fill-opacity:.75;stroke:var(--warmline);stroke-dasharray:5 4}
svg .campaign{fill:var(--harvest);stroke:var(--card)}
svg .relay{fill:var(--coordination);stroke:var(--card)}
svg .bulk{fill:none;stroke:var(--harvest);stroke-width:1.8}
svg .explained{fill:none;stroke:var(--ink);stroke-width:1.4}
svg .undetermined{stroke:var(--ink);stroke-width:1.8}
svg .watch{fill:var(--minus)}
.chart{margin:30px 0 0}
.chart figcaption{font-size:.9375rem;max-width:80ch;color:var(--soft);margin-bottom:12px}
.chart figcaption b{color:var(--ink)}
.panel p{display:flex;justify-content:space-between;font-size:.8125rem;margin:0 0 2px}
.panel p span,.axis{color:var(--soft)}
.panel svg{display:block;width:100%;height:64px;border-bottom:1px solid var(--line);margin-bottom:10px;overflow:visible}
svg .everyone{fill:var(--everyone)}
svg .group{fill:var(--harvest)}
svg .suspended{stroke:var(--ink);stroke-width:2.5;vector-effect:non-scaling-stroke}
svg .flag{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:4 3;vector-effect:non-scaling-stroke}
.axis{display:flex;flex-wrap:wrap;justify-content:space-between;gap:10px;font-size:.8125rem}
svg .release{stroke:var(--coordination);stroke-width:2.5;stroke-dasharray:1 3;vector-effect:non-scaling-stroke}
p.axis{justify-content:flex-start;gap:2px 22px;margin:4px 0 0}
.axis .key{color:var(--ink);display:inline-flex;align-items:center;gap:4px;min-width:0}
.key svg{width:10px;height:14px;flex:none}
.matrix img{display:block;width:100%;image-rendering:pixelated;border:1px solid var(--line);background:var(--paper)}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]) .matrix img{filter:brightness(1.55) saturate(.9)}}
@media screen{:root[data-theme=dark] .matrix img{filter:brightness(1.55) saturate(.9)}}
.matrix .axis{margin-top:4px}
.roles,.plain{list-style:none;padding:0;margin:0 0 16px;font-size:.9375rem}
.roles li,.plain li{padding:2px 0;overflow-wrap:anywhere}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:8px 48px}
.members td:first-child{overflow-wrap:anywhere}
.members tfoot td{color:var(--soft);font-size:.8125rem}
.bars{list-style:none;margin:0;padding:0;font-size:.9375rem}
.bars li{display:grid;grid-template-columns:11em 1fr 3.5em;gap:12px;align-items:center;padding:3px 0}
.bars svg{width:100%;height:10px}
code{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.examples{list-style:none;padding:0;margin:0;display:grid;gap:14px}
.examples p{margin:0 0 4px;font-size:.875rem}
blockquote{margin:0;background:var(--paper);border-radius:6px;padding:10px 14px;font-size:.9375rem;overflow-wrap:anywhere}
.kinds{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:14px 32px;margin:0 0 22px;font-size:.9375rem}
.kinds dt{font-weight:650}
.kinds dd{margin:0;color:var(--soft)}
.filter{font-size:.9375rem}
input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--minus);border-radius:6px;padding:4px 10px;max-width:100%}
.prose p{max-width:64ch;font-size:.9375rem;color:var(--soft)}
.prose h3{margin-top:12px}
.small summary{cursor:pointer;font-size:.875rem}
footer{margin-top:52px;padding-top:16px;border-top:1px solid var(--line);color:var(--soft);font-size:.8125rem}
@media (max-width:720px){
.evidence,.evidence tbody,.evidence tfoot,.evidence tr,.evidence th,.evidence td,.evidence caption{display:block;width:auto!important}
.evidence thead{display:none}
.evidence tr{border-top:1px solid var(--line);padding:10px 0}
.evidence tfoot tr{border-top:2px solid var(--ink)}
.evidence th,.evidence td,.evidence tfoot th,.evidence tfoot td{border:0;padding:0}
.evidence tbody th small{display:inline;margin-left:.6em}
.bits{margin-top:8px}
.bits b{text-align:left}
.wide,.keys :is(th,td):last-child{display:none}
.keys .number{padding-right:0;padding-left:8px;white-space:normal}
.bars li{grid-template-columns:9em 1fr 3.2em}
}
@media print{
:root,:root[data-theme=dark]{color-scheme:light;${LIGHT};--paper:#fff}
body{font-size:10.5pt}
.page{max-width:none;padding:0}
nav,button,.filter,.skip{display:none!important}
details.group{content-visibility:visible;border:0;padding:0;break-before:page}
.answer,.scroll{border-color:#bbb}
.scroll{overflow:visible;padding:0;border:0}
.evidence tr,.chart,.examples li,.answer{break-inside:avoid}
svg,img{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
