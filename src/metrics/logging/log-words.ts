/**
 * The words a log may consist of: what Echo calls its own parts, states and failures. Ordinary words that somebody
 * may say to Echo ("lights", "stop", "home") are left out on purpose; what a person says in exactly these words cannot
 * be told from a log line's own.
 */
const WORDS = `
a absent action actions active adaptation adapted after agent alert alerts already and applied are as asked at audit
average aborted
backend backup bad batch batches because before behaviour below bucket buckets budget busy by bytes
cache cached calibration cannot canary cause chain changed class classes cleanup cleared code column completed
component compute concurrency confidence config configuration configured conflict conformance consent convenience
copied correction corrections could count counter cpu crashed current cursor cut
damaged data dataset debug debugger decrypted default defaults degraded deleted dense destroyed detail detected device
did disabled does dropped due duplicate duration
elapsed embedding empty enabled encoder encryption endpoint endpointing entries entry epoch epochs error errors estimate
event events evicted exceeded exists expected expired export exported
fallback failed failure features few field fields file finished flushed forbidden forest for forgotten format found
frames from full
gauge got gone gpu
had handled handler handlers has head heap histogram hits hash
id ignored imported in index ingested initialisation initialise initialised initialize initialized input insight
insights integrity interaction internal interval invalid is it
job jobs journal
key keys kind known
labels lane layer learn learner learners learning learnt left level limit linked listener loaded lock locked log logging
loss lost
manager mb measured measurement memory message metric metrics migration missing misses mode model models
monitor monitored ms
needed network never new no none not nothing
of on online only operation operations operator origin other out output over overrides
page pages parameters parse parsed passkey passphrase path pattern patterns pending percent performance persisted
policy predict predicted prediction private profile profiles protection pruned public purged
quality quarantine quarantined queue queued quota
raised random rate read reason received record records refused rejected released removed repeats replaced report
request reset resized resource response restarted restored result results retention retired retries retry retrain
retrained retried rotated rotation row rows run runtime
sample samples satisfaction saved schema score second seconds segment segments sequence serialised session settings
shard shut shutdown size skipped slot slots snapshot softmax space speech status storage store stored strategy strict
strictest succeeded success successful supported system
table takes task tasks tensor tensors text than the thread threshold threw throughput thrown timeout timings to
token tokens too total trained trainer training transaction transition tried type types
unavailable under undefined unexpected unknown unlocked unsupported until update updated upgrade used user users
validation value values vault verdict version
waited was wasm webgl webgpu webhook weights while with without worker workers written wrong
yet
confidential development production correct corrected info warn
shut-down little many made size weak stale newer older clock jumped analysis analysed threw one two per call calls
connected connection started stopped finished reached dot function number object string boolean list null true false
`;

export const logWords: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => word !== ''));
