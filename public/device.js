// The page "On this device": puts its three parts to work. What each shows is in the part's own file.

import { isOwn } from "./kept_files.js";
import { part } from "./device_parts.js";
import { showKept } from "./device_kept_view.js";
import { showOffline } from "./device_offline.js";
import { showProof } from "./device_proof.js";
import { reloadWithNewBuild } from "./renewed.js";

reloadWithNewBuild();
part("scripted").hidden = false;
const kept = showKept();
const offline = showOffline({ onChange: kept.look });
kept.onCleared(offline.look);
showProof();
kept.look();
// Another tab keeps something, or this page comes back from where the browser had laid it.
addEventListener("storage", ({ key }) => (key === null || isOwn(key)) && kept.look());
addEventListener("pageshow", ({ persisted }) => persisted && kept.look());
