// Makes device.html: what this site has stored here, what may be kept for use without a network, and ways to check that
// nothing is sent. What a browser has to be asked for is filled in by public/device.js; without a script the page says what to do.

import { scriptlessHead, siteTop } from './site_top.mjs';

const ALLOWS = "script-src 'self'; connect-src 'self'; worker-src 'self'; frame-src 'self'; manifest-src 'self'; ";

const button = (act, text, more = '') => `<button type="button" class="button" data-act="${act}"${more}>${text}</button>`;

const KEPT = `<section id="kept" aria-labelledby="title-kept"><h2 id="title-kept">What is kept here</h2>
<p>All that this site has stored in this browser. Other sites at the same address are neither listed nor touched.</p>
<p data-part="kept-state" role="status" class="quiet">Looking …</p>
<div class="scrolls" role="region" tabindex="0" aria-label="Table: what is kept here" data-part="kept-table" hidden><table class="kept"><thead><tr><th scope="col">What, and what for</th><th scope="col" class="size">Size</th><th scope="col"><span class="visually-hidden">Delete it</span></th></tr></thead><tbody data-part="kept"></tbody></table></div>
<p data-part="unread" class="notice" hidden></p>
<p class="acts">${button('clear', 'Clear all', ' hidden')}</p>
<div class="notice is-broken" role="group" aria-labelledby="clear-question" data-part="clear" hidden><p id="clear-question"><b>Delete all of it?</b> Your films, what you said of them, what was computed and the files kept for use without a network. It cannot be undone.</p><span class="acts">${button('clear-yes', 'Delete all of it')}${button('clear-no', 'Keep it')}</span></div>
<p class="quiet">Some browsers delete what a site has stored after seven days of use without a visit to it. <span data-part="seven"></span> Install the site (below), or keep a link: “Copy link” at the foot of <a href="explore.html">Explore</a> holds all your films.</p>
</section>`;

const OFFLINE = `<section id="offline" aria-labelledby="title-offline"><h2 id="title-offline">Use it without a network</h2>
<p>Choose what to keep. A model brings the pages and the program with it. Each file is checked against its checksum when it comes. Until you press a button here, nothing is stored for this, and no offline worker runs.</p>
<p class="notice is-broken" data-part="cannot" role="alert" hidden></p>
<div class="notice" data-part="update" role="group" aria-labelledby="update-words" hidden><p id="update-words"><b>A new version of this site is here.</b> The old one goes on until you close all its tabs. Taking the new one now loads them all again.</p>${button('take', 'Take the new version')}</div>
<p data-part="offline-state" role="status" class="quiet"></p>
<ul class="groups" data-part="groups"></ul>
<p class="acts">${button('check', 'Check all files again', ' hidden')}${button('install', 'Install', ' hidden')}</p>
<p class="quiet">Installed, the site opens from your home screen or dock, in a window of its own. Where no button for it is shown here, the browser’s menu has it: “Install” or “Add to Home Screen”.</p>
</section>`;

const PROOF = `<section id="proof" aria-labelledby="title-proof"><h2 id="title-proof">Check that nothing is sent</h2>
<p>The site is a folder of files. There is no server program that could receive your films; these are ways to see that for yourself.</p>
<h3>Requests since the pages were opened</h3>
<p data-part="requests" role="status">Counting …</p>
<div data-part="askers"></div>
<p class="acts">${button('count', 'Count again')}</p>
<p class="quiet">By the browser’s own list, of this page and of every open page and engine of this site. Open Explore in another tab and use it: it joins the count.</p>
<h3>Cut the network, and go on</h3>
<ol class="drill"><li>Start the models below, with your own films or with an example.</li><li>Cut the network.</li><li>Click a film, which leaves it out: the list is made again, on this device.</li></ol>
<p class="acts">${button('start', 'Start the models')}${button('cut', 'Cut the network', ' hidden')}${button('uncut', 'Close and reconnect', ' hidden')}</p>
<p data-part="drill-state" role="status"></p>
<div data-part="frame"></div>
<p class="quiet">This cut is made by the page itself and held by the browser. If you do not trust the page, take the stronger way: switch off Wi-Fi, or press F12 and choose Network, then Offline, and use any open page of this site.</p>
<h3>What the browser is told to refuse</h3>
<p>Each page carries a policy, and the browser holds the page to it. This is that of <span data-part="policy-of">this page</span>, read just now.</p>
<div class="scrolls" role="region" tabindex="0" aria-label="Table: the policy"><table class="policy"><thead><tr><th scope="col">About</th><th scope="col">May come from, or go to; and the rule itself</th></tr></thead><tbody data-part="policy"></tbody></table></div>
<p>The models run in a worker. It is made by the page, so the same policy holds in it. <span data-part="refused"></span></p>
<p class="quiet">An offline worker, where you chose one, is under the policy that the host’s own headers name, if any. Its script is short: it asks for files of its list and for what your pages ask for.</p>
</section>`;

/** Needs no script, so it stands there without one. */
const LOOK = `<section id="look" aria-labelledby="title-look"><h2 id="title-look">Look for yourself</h2>
<ol class="drill"><li>Press F12 (on a Mac ⌥⌘I), choose Network, and use the site: every request is listed there, with its address.</li><li>Choose Application or Storage there: what is stored under names that begin with <code data-part="own" translate="no">glassrec</code> is what the first table lists.</li><li>View the source of a page: its policy stands in the first lines.</li></ol>
</section>`;

/** The page, whose styles are the files named in `sheets`; `script` is its script's address. */
export function devicePage({ sheets, script }) {
  return `<!doctype html>
<html lang="en">
<head>
${scriptlessHead({ title: 'On this device', description: 'What Glassrec has stored in this browser, what can be kept for use without a network, and how to check that nothing is sent.', sheets, allows: ALLOWS })}
<link rel="manifest" href="manifest.webmanifest">
<link rel="apple-touch-icon" href="icon-apple-180.png">
<script type="module" src="${script}"></script>
</head>
<body>
${siteTop('device')}
<div class="page results-page device-page">
<main>
<h1>On this device</h1>
<p class="lead">What this site has stored in this browser, what you can keep for use without a network, and how to check that nothing is sent.</p>
<noscript><p class="notice is-broken">This page has to ask your browser, and needs JavaScript for it. Switch it on for this page. Or look by hand: in the browser’s settings, under site data or storage, the address of this site has all that is stored, with a button that deletes it. Without JavaScript this site stores nothing.</p></noscript>
<nav aria-label="On this page"><ul><li><a href="#kept">What is kept here</a></li><li><a href="#offline">Use it without a network</a></li><li><a href="#proof">Check that nothing is sent</a></li><li><a href="#look">Look for yourself</a></li></ul></nav>
<div data-part="scripted" hidden>
${KEPT}
${OFFLINE}
${PROOF}
</div>
${LOOK}
</main>
<footer class="colophon"><p><a href="words.html">Words used here</a></p></footer>
</div>
</body>
</html>
`;
}
