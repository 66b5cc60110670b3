// The page "On this device": puts its three parts to work. What each shows is in the part's own file.

import { isOwn } from "./kept_files.js";
import { part } from "./device_parts.js";
import { showKept } from "./device_kept_view.js";
import { showOffline } from "./device_offline.js";
import { showProof } from "./device_proof.js";
import { reloadWithNewBuild } from "./renewed.js";

/** A page that waits longer than this for its lists is shown without them. */
const PATIENCE_MILLIS = 1000;

reloadWithNewBuild();
const kept = showKept();
const offline = showOffline({ onChange: kept.look });
kept.onCleared(offline.look);
showProof();
// At once with what is in it, so that nothing moves.
const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLIS));
Promise.race([Promise.allSettled([kept.look(), offline.shown]), patience]).then(() => (part("scripted").hidden = false));
// Another tab keeps something, or this page comes back from where the browser had laid it.
addEventListener("storage", ({ key }) => (key === null || isOwn(key)) && kept.look());
addEventListener("pageshow", ({ persisted }) => persisted && kept.look());
