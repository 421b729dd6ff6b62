import { bank, domain, type Language } from "./language.ts";

const DOMAINS = [
  domain(
    "garden",
    "the raised beds|a pear espalier|the compost heap|the rain barrel|a clay flower bed|the lawn behind the shed|tomato seedlings|the old apple tree|a hedge of hornbeam|the cold frame|slug damage|the herb spiral|a dwarf quince|winter squash",
    "watering|soil depth|pruning|frost protection|spacing|feeding|drainage|pests|harvest time|mulch",
    "north-facing|neglected|newly planted|potted|waterlogged|sheltered|sandy|overgrown",
  ),
  domain(
    "car",
    "the timing belt|a rear wheel bearing|the coolant loop|my estate car|the handbrake cable|a used gearbox|the tyre pressure sensor|the glow plugs|a dashboard warning|the exhaust bracket|brake fluid|the alternator|a tow bar|the air filter",
    "noise|wear|cost of parts|torque values|inspection|fuel use|diagnosis|warranty|resale value|rust",
    "ten-year-old|diesel|second-hand|imported|rattling|garage-kept|high-mileage|electric",
  ),
  domain(
    "cooking",
    "a sourdough starter|lentil stew|a three-tier wedding cake|the pizza dough|fermented cabbage|a gluten-free tart|bone broth|my aunt's dumplings|braised fennel|a lunch box menu|plum jam|roast celeriac|a birthday buffet|smoked trout",
    "salt|baking time|texture|quantities|substitutes|storage|order of work|sweetness|temperature|leftovers",
    "dairy-free|too runny|overbaked|low-salt|make-ahead|budget|vegan|bitter",
  ),
  domain(
    "law",
    "my rental contract|the deposit|a notice period|the neighbour's fence|a parking fine|the cancelled booking|an inheritance share|a non-compete clause|the service charge bill|a late invoice|the building permit|a consumer complaint|the subletting agreement|a will",
    "deadlines|wording|costs|evidence|liability|next steps|chances|obligations|written form|exceptions",
    "disputed|unsigned|joint|expired|verbal|handwritten|unfair|commercial",
  ),
  domain(
    "school",
    "photosynthesis homework|a history essay on canals|the algebra test|a book report|my physics lab notes|the parent evening|a spelling plan|the debate club motion|a geography poster|oral exam cards|the reading diary|a science fair model|the timetable|fractions practice",
    "structure|examples|difficulty|marking|sources|revision|vocabulary|mistakes|timing|motivation",
    "year-nine|overdue|bilingual|group|weekly|graded|confusing|remedial",
  ),
  domain(
    "travel",
    "a night train itinerary|the ferry timetable|a hiking week|the visa paperwork|a campsite with a pool|our honeymoon route|luggage for the mountains|a day in the old town|a rental van|the airport transfer|an island loop|the rail pass|travel insurance|a cycling tour",
    "budget|connections|weather|packing|bookings|opening hours|rest days|food stops|risks|alternatives",
    "off-season|family|last-minute|wheelchair-friendly|low-cost|three-generation|rainy|solo",
  ),
  domain(
    "health",
    "my knee after running|a sleep diary|the physiotherapy plan|hay fever|a blood pressure log|shift work|back stretches|a half marathon plan|an iron-rich diet|the pollen season|screen headaches|a shoulder strain|breathing exercises|vaccination papers",
    "pain|frequency|warning signs|rest|progress|nutrition|side effects|questions for the doctor|posture|habits",
    "persistent|mild|recurring|post-surgery|seasonal|age-related|stress-related|sudden",
  ),
  domain(
    "business",
    "a price list for repairs|the quarterly forecast|our stall at the trade fair|a job advert for a joiner|the newsletter|a supplier contract|the returns policy|our booking page|a pitch for the council|the stock count|a loyalty card|customer interviews|the shift rota|a tender response",
    "tone|margins|wording|priorities|risks|comparison|timeline|targets|feedback|layout",
    "family-run|seasonal|underpriced|outdated|regional|late|confidential|wholesale",
  ),
  domain(
    "writing",
    "the opening chapter|a villanelle about tides|my protagonist's letter|a eulogy|the blurb|a radio play|dialogue between sisters|a ghost story|the second act|a limerick cycle|the unreliable narrator|a speech for a retirement|a picture book|the worldbuilding notes",
    "pace|voice|imagery|plot holes|endings|rhythm|title ideas|point of view|conflict|tense",
    "melancholy|overwritten|first-person|comic|slow|eerie|historical|minimalist",
  ),
  domain(
    "music",
    "a string trio arrangement|the choir warm-up|my cello bowing|a chord chart|the synth patch|a set list|the drum loop|a fugue exercise|the recording in the barn|a lullaby|counterpoint homework|the ukulele class|a film cue|stage monitors",
    "tempo|tuning|fingering|mixing|harmony|practice plan|notation|dynamics|breathing|levels",
    "modal|syncopated|out-of-tune|four-part|lo-fi|baroque|amateur|live",
  ),
  domain(
    "data",
    "the sales spreadsheet|a pivot table|survey answers|the sensor log|a regression on rents|duplicate customer rows|the monthly dashboard|a forecast of visits|messy postcodes|the churn report|weather readings|a histogram of delays|budget columns|an export with broken dates",
    "missing values|outliers|formulas|charts|seasonality|cleaning|grouping|confidence|labels|joins",
    "half-empty|monthly|skewed|imported|anonymous|wide|unsorted|noisy",
  ),
  domain(
    "code",
    "the retry queue|a parser for tide tables|my login form|the nightly export job|a flaky integration test|the image resizer|a websocket reconnect|the migration script|a rate limiter|the config loader|an index that is too slow|the command-line flags|a memory leak in the worker|the date picker",
    "error handling|naming|tests|performance|types|logging|edge cases|concurrency|packaging|readability",
    "legacy|async|untyped|brittle|duplicated|third-party|slow|undocumented",
  ),
  domain(
    "home",
    "the bathroom grout|a damp cellar wall|the boiler schedule|a loft ladder|kitchen drawers that stick|the oak floor|a bookcase for the niche|the thermostat|a cracked window sill|underfloor heating|the gutter|a second-hand sofa|the fuse box|wallpaper in the hall",
    "materials|tools|cost|moisture|measurements|order of steps|safety|finish|noise|insulation",
    "Victorian|rented|leaking|draughty|unfinished|low-ceilinged|painted|listed",
  ),
  domain(
    "money",
    "my pension statement|a savings plan for the twins|the mortgage offer|a shared household budget|freelance tax|an index fund|the student loan|currency fees|a car lease|the emergency fund|credit card interest|an insurance excess|rent splitting|a side income",
    "interest|deadlines|fees|risk|allowances|comparison|record keeping|inflation|flexibility|repayment",
    "fixed-rate|joint|tax-free|variable|early|cross-border|irregular|underfunded",
  ),
  domain(
    "people",
    "a difficult colleague|my teenage son|the works council|feedback for an intern|a wedding speech|an apology message|the neighbours' party|a mentoring talk|my mother-in-law's visit|a resignation letter|the reunion|a shy pupil|the condolence card|salary talks",
    "tone|timing|boundaries|wording|misunderstandings|expectations|trust|humour|first sentence|follow-up",
    "awkward|long-distance|formal|overdue|heartfelt|tense|short|diplomatic",
  ),
  domain(
    "games",
    "a dungeon for four players|my chess opening|the lighthouse puzzle|a board game about bees|the final boss|a campaign map|the scoring track|a quiz night on rivers|card balance|the tavern scene|an escape room|a speedrun route|the rulebook|a treasure hunt",
    "difficulty|balance|hints|rules|pacing|rewards|characters|variants|setup|endgame",
    "cooperative|unfair|beginner|two-player|low-magic|timed|homebrew|competitive",
  ),
  domain(
    "craft",
    "a raglan jumper|the loom warp|a walnut bowl|glaze recipes|the bookbinding press|a patchwork quilt|resin moulds|a leather satchel|the lino cut|sock heels|a kite frame|soap with lavender|the sewing pattern|a willow basket",
    "gauge|thickness|drying time|seams|colour|tension|waste|shrinkage|tools|repair",
    "hand-dyed|oversized|cracked|left-handed|reclaimed|miniature|waxed|uneven",
  ),
  domain(
    "animals",
    "our rescue greyhound|a reef tank|the hen house|the cat's diet|a horse that won't load|the beehive inspection|budgie noise|a puppy class|the pond fish|an old rabbit|hedgehog shelter|the vet bill|a lambing pen|swift boxes",
    "feeding|training|illness|cleaning|temperature|behaviour|age|transport|costs|company",
    "anxious|elderly|overweight|half-wild|noisy|shy|newly adopted|injured",
  ),
];

const START = bank(
  "Bra|Hol|Tam|Wes|Kel|Mor|Ash|Pen|Dun|Lor|Fen|Gar|Hax|Ives|Jor|Quil|Rud|Sel|Thorn|Ulv|Vance|Win|Yar|Bex|Cor|Del|Elm|Fal|Gris|Hed|Ing|Kip|Lud|Mer|Nor|Oak|Pol|Rav|Stan|Trew",
);
const END = bank(
  "well|setter|ham|by|combe|worth|ley|mere|dale|stow|wick|field|ridge|more|den|ford|sey|low|grave|tree|burn|ing|stone|croft|hurst|bank",
);
const GIVEN = bank(
  "Agnes|Basil|Clara|Duncan|Esther|Fergus|Gwen|Hugo|Iris|Jasper|Keira|Lorcan|Mabel|Nadia|Oscar|Poppy|Quentin|Rhona|Stella|Tobias|Una|Victor|Winnie|Xanthe|Yara|Zack|Aled|Bridget|Cyril|Dora|Edgar|Flora|Gideon|Hester|Isla|Jerome|Kitty|Leopold|Minnie|Noel|Ada|Bruno|Celia|Dermot|Edie|Felix|Greta|Hamish|Imogen|Jonas|Kirsty|Lionel|Maud|Nigel|Opal|Perry|Rosalind|Silas|Tilda|Ursula|Vera|Wilf|Yusuf|Zadie|Alma|Boyd|Corin|Della|Ewan|Fern|Gus|Hattie|Ivor|June|Kit|Lena|Milo|Nell|Otis|Priya",
);
const LOOKS = bank(
  "cracked|blue|rusty|folding|borrowed|wooden|tiny|spare|muddy|brass|torn|striped|heavy|leaky|velvet|round|crooked|faded|plastic|dented|woollen|loose|copper|sticky|narrow|painted|broken|glass|tin|silent|frozen|damp|green|hollow|paper|sharp|dusty|yellow|tangled|rubber|polished|square|missing|double|cheap|noisy|stained|bent|white|grey|canvas|melted|tall|marble|silver|soft|stiff|burnt|wet|oily",
);
const STUFF = bank(
  "hinge|ladder|kettle|jacket|drawer|bucket|curtain|lantern|spoon|shelf|pillow|bicycle|candle|hammer|window|ribbon|basket|mirror|engine|button|cable|helmet|blanket|bottle|trumpet|cupboard|anchor|brush|carpet|dial|envelope|fence|gasket|hatch|iron|jar|keyring|lever|magnet|needle|oven|pedal|quilt|radio|saddle|tarp|umbrella|valve|whistle|yarn|zip|awning|bracket|chisel|doormat|easel|funnel|gutter|harness|inkwell|jigsaw|knob|label|mop|napkin|oar|pulley|rake|sieve|tray|urn|vase|wagon|ashtray|banner|clasp|drum|fuse|goblet|hose|jug|kite|latch|mug|nail|paddle|rug|stool|tile|wheel",
);

/** English: people's requests, follow-ups and the answers they get. */
export const english: Language = {
  code: "en",
  domains: DOMAINS,
  openers: bank(
    "Hi,|Hello!|Hey,|Good morning,|Quick one:|Morning.|Right,|OK so|A question:|Me again.|Not urgent, but|Hi there,|So,|Evening,|Help!|Odd question perhaps:|Following up on yesterday,|One more:|Hullo,|Small thing:|Good afternoon.|Sorry to bother you,|New topic:|Hey again,|Back with another:",
  ),
  asides: bank(
    "really|honestly|actually|apparently|probably|somehow|basically|clearly|sadly|finally|simply|mostly|ideally|seriously|genuinely|oddly enough|I think|as usual|frankly|at last|possibly|secretly|luckily|of course|for once|in theory|supposedly|definitely|as it happens|rather|quietly|certainly|eventually|stupidly|personally|technically|in the end|for now|to be fair|more or less|again|still|kind of|sort of|naturally|obviously|for some reason|it seems|as ever|deep down",
  ),
  specs: bank(
    "% in {place}|% from {place}|% near {place}|% over at {place}|% for {name}|% that {name} left us|% {name} gave me|% shared with {name}|% at number {count}|% behind {place}|% with {name}'s changes|% as of {count} days ago|% by {name}|% outside {place}|% with the {stuff}|% and its {stuff}|% under a {stuff}",
  ),
  commonplaces: bank(
    "hi|hello|test|Hi!|hey|Hello|who are you?|tell me a joke|hello there|what can you do?|write me a poem|How are you?|can you help me|are you there?|good morning|tell me a story|what is the meaning of life?|what model are you?|thanks|what's your name|write a haiku about autumn|ping|What is 2+2?|how many r's are in strawberry?|tell me a fun fact|what should I cook tonight?|translate this to English|write a short story|What is the capital of Australia?|explain quantum computing in simple terms|give me a random number|testing 123|what day is it today|how do I lose weight fast?|help me write a cover letter|explain recursion to me like I'm five|what is machine learning?|write a birthday message for my sister|suggest a name for my cat|how do I tie a tie?|plan a weekend in Lisbon|what are some good books to read|how do I boil an egg?|give me ideas for a birthday present|how does a transformer work?|why is the sky blue?|write hello world in rust|what is the difference between TCP and UDP?|can you speak Spanish?|help me with my homework",
  ),
  asks: bank(
    "{can/could} you ~{task}?|I ~{need/have/want/hope} to {task}.|{I've got/I really need/I'm supposed} to {task}.|{How would you/How do people/How could one/How does anyone} ~{task}?|~{Please/Kindly/Do} {task}.|{I'd like/I want/I'm hoping} to {task}, {where do I start/what comes first/any ideas/thoughts/is that mad}?|{Could you/Would you/Mind if you/Any chance you'd} ~{task} for {me/us/{name}/{name2}}?|{What is/What's/Is there/What would be} {the simplest/a sensible/an honest/a quick/a decent/a cheap} {way/route/method} to ~{task}?|{We have/We need/We are supposed/{name} and I want} to {task} {by/before/on} {day}.|Is it ~{realistic/mad/worth it/normal/legal/too early} to {task} {alone/without help/on my own/with {name}/in {place}}?|{Walk/Take/Talk} {me/{name}/us} through ~how {to/you'd/one might} {task}.|{Explain/Show} {to beginners/to {name}/me} ~how {to/you'd/people} {task}.|{name} ~{asked me/wants me/expects us/told us/begged me} to {task}.|I {keep failing/have tried twice/never manage/always forget how/am too slow} to {task}.|{Help me/Help us/Let us/Try to/Help {name}} ~{task}.|{Would it make sense/Is now the time/Am I too late/Would you bother/Would {name} mind if I tried} to {task}{/ now/ this year/ in {place}}?|{My plan/The idea/Our aim/Plan} is to {task}; {what am I missing/what could break/any holes/does that hold up/thoughts}?|~{Nobody here/No one at work/Hardly anybody/Not even {name}/Neither {name} nor {name2}} {knows/remembers/has learnt} how to {task}.|Let's ~{task}.|{I was told/They advised us/A friend says/{name} says/The internet says} to {task}, {is that sensible/right/do you agree/should I/true}?|{Sketch/Describe/Outline/Imagine} how {someone/a newcomer/a small team/{name}} in {place} {might/would/should} ~{task}.|{Tell me/Say/Be fair and tell {name}} ~{whether/if} {I should/I ought to/to/we can} {task}.|{I promised/I owe it to/I said to/I swore to} {name} {that I would/I'd/we'd} {task}.|~Before {day} {I must/we have to/somebody has to/{name} needs to} {task}.|{Stuck/Struggling/Torn/Confused} {again, /since {day}, /, /here, }{name} {and I/says we} ~{must/should/could} {task}.|{Ways/Tips/Pointers/Steps} {to/for someone to/on how to} {task}{?/, please./, {name} asked./, for {place}.}|{It's {day} and/By {day}/Come {day}} I ~{was meant/hoped/had sworn} to {task}.",
  ),
  tasks: bank(
    "{sort out/settle/look into/tackle} {aspect} {for/on/around/with} {thing}|{compare/weigh} {thing} {with/against} {thing2}|{write/draft/start} {piece} about {thing}|{plan/organise/arrange} {thing} around {aspect}|{understand/see/work out/learn} why {thing} {turned out/came out/looks/stays} {kind}|{decide/choose/pick} between {thing} and {thing2}|{explain/justify/break down} {aspect} of {thing} to {name}|{improve/raise/tighten up/rethink} {aspect} on {thing}|{put together/draft/produce/finish} {piece} {on/about/covering} {aspect} for {name}|{find out/say/judge/check} what {aspect} {means/implies/changes} for {kind} {thing2}|{cut/halve/reduce} {the time/the money/the effort} {spent on/that goes into/lost over} {thing}|{list/give me/think up/find} {count} {ideas/angles/options/names} for {thing}|{check/test/verify} {aspect} and {aspect2} on {thing}|{rewrite/redo/shorten} {piece} so that {name} {gets/enjoys/trusts/stops fearing} {thing}|{prepare/scale/size} {thing} for {count} {people/visitors/of us}|fix {aspect} without {touching/losing/ruining} {thing2}|{estimate/guess/calculate} {aspect} for {count} of them, {given/counting/without} {thing}|{summarise/condense/recap} {what {name} said/where we are/my thinking/{name}'s arguments} {on/about/regarding} {thing}|turn {notes/scribbles/a recording/{name}'s email} {on/about} {thing} into {piece}|keep {thing} going {through/until/past} {day}|{describe/sell/present} {thing} to {a buyer/visitors/an expert/{name}} in {place}|teach {name} the {basics/rules/tricks/vocabulary} of {aspect}|{reconcile/balance/combine} {aspect} with {aspect2}{/ on {thing}/ by {day}}|{replace/retire/rescue} {thing} {before/after/by} {day}|{set/agree/write down} {aspect} {limits/rules/targets} for {thing}|{translate/adapt/simplify} {piece} {about/on} {thing2} for {place}",
  ),
  facts: bank(
    "{It is/It's/Everything is/The whole thing is} ~{kind}, {about/roughly/at least/easily} {count} years old.|{name} {from/over in/down in} {place} {says/insists/reckons} {aspect} {matters more than/beats/comes before} {aspect2}.|{We tried/We've been at it/I had a go} ~{count} times {and/but} {aspect} {is still the trouble/got no better/remains odd/went to pieces}.|{The budget is/We can spend/My limit is/There's at most} {count2}{/ and not a penny more/ all told/, firm/, {name} says}.|{It started/This began/Trouble came up} on {day}, {after/when/once} {name} {looked at/touched/moved/saw} {thing2}.|I {live near/work in/drive through/grew up around} {place}{/, if that matters/, so it's local/, by {aspect} standards}.|{There are/That makes/We are} {count} of us, {name} and {name2} {included/among them/as well}.|{Last time/Last year/Before that} {thing2} {was/seemed/ended up} {kind} and {it went badly/we gave up/{name} was unhappy/it cost {count2}}.|{I measured/I counted/The label says/We got} {count} by {count2}{/, {name} got {count}/, give or take}.|{name} ~{thinks I'm wrong/disagrees with me/{won't hear/refuses to hear} {a word/anything}/has a theory} about {aspect}.|{Nothing at/No shop in/Nobody in} {place} ~{is open/answers/delivers} before {day}.|I already {have/got/received} {piece} from {name}, {but/though/only} {aspect} is ~{missing/unclear/odd}.|It {{has/needs} to {work/go}/must {fit/agree}/should {sit/tally}} {well /properly /neatly /}with {thing2}.|{For context/Background/To give you an idea}: {place}, {count} {rooms/seats/pieces/pages}, {kind} throughout.|The {kind} {version/one/kind} {cost us/was quoted at/would be} {count2}{/ last spring/ before tax/ apiece/ in {place}}.|{My notes say/I wrote down/Here's what I have:} {aspect}: {count}, {aspect2}: {count2}.|{name2} ~{will look at it/wants to see it/takes over/is back} on {day}.|{Same/Again the/Once more} {thing2} {as before/as ever/{name} asked about}, only {kind} and {with a/minus the} {stuff}.|In {place} {they do it differently/that is unheard of/it's the norm/people laugh at this}, {name} {told me/says/swears}.|I {can spare/have/set aside} {count} {hours/minutes/evenings} {on/before/until} {day}.|{What worries me is/I'm mostly after/My headache is/It comes down to} {aspect}, then {aspect2}.|{Someone/A firm/A lady/My cousin} in {place} ~{quoted/offered/asked/mentioned} {count2}{/ for it/ flat}.|{name} {paid/saved/lost} {count2} {over/on/with} {thing2}{/, {kind} as it was/ {around/before} {day}}.|{Since/Ever since} {day} {aspect} {has been/feels/seems} ~{quality}, {maybe/perhaps/surely} because of {aspect2}.|{Two/Three/Four/Five} {neighbours/friends/colleagues/strangers} ~{recommended/warned me of/swear by} {thing2}.|{We/They/{name}} ~{used/broke/bought/found} {a/the/this} {stuff} {and/but not/next to} a {stuff}.|{My/Our/{name}'s} {stuff} is {{kind}/{quality}}, the {stuff} {isn't/less so/even more}.|{Picture/Think of/Say} a {stuff} {with/inside/under} a {stuff}, {count} {cm/euros/grams/years}.|{I'd/{name} would} {swap/sell/keep} the {stuff} for {thing2}.|{Half/Most/Some} of {thing} {came/is} from {place}, {the rest/what's left} {is/stays} {kind}.|{Don't ask why/Long story/Bear with me}, {but/as} {name2} {keeps/stores/hides} {thing2} in {place}.",
  ),
  limits: bank(
    "{Keep it under/No more than/Around/At most} {count} {words/lines/sentences}.|{No bullet points/No lists/Running text/Just prose}{/ please/, {name} hates them}.|{Plain words/Simple language/Nothing fancy}, {name} is ~{new to this/twelve/easily bored}.|{A short list/List form/Bullets} {is fine/works/will do}.|{Give me/I want/Offer} {count} {options/versions/answers}.|{Be blunt/Don't {sugar-coat/soften/hide} {it/things/anything}/Honest answer please/Straight talk}.|{With/Add/Show} {an example/one case/{count} examples/a sample from {place}}.|{In a table/As columns/Tabular}{/ please/, {if/when} {you can/it fits}/, {count} rows}.|{Skip/Spare me/Drop} {the introduction/preamble/the theory/pleasantries}.|{Use/Take} the {stuff} as {example/a picture/comparison}.|{Mention/Touch on/Don't forget} {aspect} too.|{Step by step/One {step/stage/bit} at a time/Number the steps/In order}{, please/}.|{British/American/Irish/Plain} spelling.|{Nothing about/Leave out/Ignore} {thing2}.|{Ask me first/Questions welcome/Ask {name}, I mean me,/Ask} if {something/anything/{aspect}} is unclear.|{Rough numbers/Ballpark/Round figures} {will do/is OK/suffice}.|{Something/Words/A version} {I can send to/fit for/to read out to} {name}.|{Two paragraphs/One page/Half a page/{count} lines} {at most/tops/or less}.|{End with/Finish on/Close with} {what to do/the next {step/move}/a plan for} {on/by} {day}.|{Say/Note/And} what {you'd/one should/{name} should} {leave out/drop/never do}.",
  ),
  followups: bank(
    "And {aspect}?|{What changes/Anything different/Does it hold} if {thing} is ~{kind}?|{name} {disagrees/has doubts/laughed} {on/about} {aspect}; {who is right/what now/fair}?|{Could you/Please/Can we} ~make {that/it} {shorter/milder/clearer} and {add/keep} {aspect}?|Now {do/try/write} {the same/that/this} for {thing2}.|I ~don't {follow/get/buy} {the part/the bit/your point} {on/about} {aspect}.|{Fine/OK/Sure}, but we ~only have {count}{/ of them/ in {place}}.|{Which of these first/What goes first/Where to begin}, given {day}?|{Can you redo it/Adapt it/Change it} for {place}{?/, {name} lives there./ and {place}.}|{That helped/Great/Nice one}. {What about/Next:/And} {thing2}?|You said {aspect} ~{comes first/matters/is key}. {Why/How so/Since when}?|{Replace/Drop/Soften} the {second/first/last} {point/line/claim}, {name} {won't like it/would object/finds it {quality}}.|{Too long/Way too long/Shorter}, {cut it to/make it/keep} {count} lines.|{Give me/Make it/Turn that into} {piece} {I can hand to/for/addressed to} {name}.|{What would go wrong/Who pays/What if it fails} with {aspect2}{/ in {place}}?|{Take/Leave} {aspect} out and {keep/save/spare} the rest.|How sure are you about {aspect}{/ {on/by} {day}}?|{Assume/Say it's/Make it} {count2} instead{/ of {count}}.|The {bit/part/line} about {thing} {doesn't fit/is off/is wrong}, it is ~{kind}.|{Good/Perfect/Lovely}. {Turn it into/Now as/Make it} {piece}.|I tried {that/it} on {day} and {aspect} ~got {worse/stranger/better}.|Could {name2} ~do this without {thing2}?|{name} {rang/wrote/came by}: {aspect} is ~{quality} {now/after all/in {place}}. {So/Then/And}?",
  ),
  retorts: bank(
    "“%”: {how come/why/says who}?|{You wrote/You said/Above:} “%”. {Does that hold/Is it true/And} for {thing2}?|{About/On/Regarding} “%”, {name} ~{doubts it/would ask why/sees it otherwise}.|“%” {is the part/is where/, there} {I get lost/we disagree/{aspect} comes in}.|{Expand on/Unpack/Say more on} “%”.|{Reword/Shorten/Drop} “%” {for {name}/please/, too {quality}}.",
  ),
  closers: bank(
    "Thanks!|Cheers|Thank you.|Ta|Many thanks, {name}|Appreciated.|Thanks in advance|Best, {name}",
  ),
  leads: bank(
    "{Start/Begin} with {aspect}: for {thing} it {decides/settles/shapes} {most of the rest/nearly everything/the outcome}.|{The short answer is/Briefly:/In one line:} {thing} needs {aspect} before {aspect2}.|It {depends/hinges} on how {kind} {thing} {really is/turns out/has become}.|{Here is how/This is the way} I would {go about/tackle/approach} {thing}.|{Two things stand out/Two points matter/I see two levers}, {aspect} and {aspect2}.|With {count} in mind, {thing} is {manageable/within reach/doable}.|{That is a fair worry/Understandable/Good question}, and {aspect} is {the place to look/where I'd dig/the clue}.|For {name}'s case I'd {treat/handle/judge} {thing} and {thing2} separately.|Nothing here is {urgent/critical} except {aspect}.|You can get {most of the way/nearly there} by {day}.|In {place} the {usual/common/local} {approach to/habit with} {thing} is {cautious/relaxed/strict}.|Think of {aspect} as the {limit/frame/bottleneck} and {thing} as what has to fit.",
  ),
  claims: bank(
    "{aspect} tends to be {quality} when {thing} is {kind}, so plan around {count} rather than {count2}.|If {name} can look at {thing2} before {day}, {aspect2} stops being a guess.|Most people around {place} overrate {aspect} and forget {aspect2}.|With {thing2} in the picture, {aspect} becomes {quality} and the {count} you mentioned is tight.|A {kind} start is no disaster: {aspect} recovers once {aspect2} is settled.|Keep {piece} at hand, because {name} will ask about {aspect}.|The figure of {count2} sounds {quality} to me, though {count} would be safer.|Changing {thing} and {thing2} at the same time hides which one caused the trouble.|You would notice a {quality} difference in {aspect} within {count} days.|What {name} says about {aspect} is right for {thing2}, less so for {thing}.|Leave {aspect2} alone until {day}; it is {quality} as it stands.|For {count} people the {kind} variant costs roughly {count2}.|{thing} rarely fails on {aspect}, it fails where {aspect2} was rushed.|I would write {aspect} down as {piece}, with {count} lines at most.|Should {place} turn out {quality}, fall back on {thing2}.|Between {count} and {count2} nothing much changes, beyond that {aspect} does.|That makes {thing} the {quality} part and {thing2} the {kind} one.|Ask {name2} to repeat the check on {day}, since {aspect} drifts.",
  ),
  steps: bank(
    "Note {aspect} for {thing}, {count} readings are enough.|Ask {name} for {piece} before {day}.|Set {thing2} aside and look at {aspect} only.|Try the {kind} way once, at {count2}.|Compare with {place}.|Write {piece} and let {name} read it.|Repeat after {count} days.|Settle {aspect2}, then return to {thing}.|Stop if {aspect} looks {quality}.|Book {count2} for {thing2}.|Agree with {name2} on {aspect2}.|Throw out what is {kind}.",
  ),
  ends: bank(
    "Tell me how {aspect} looks on {day}.|If {name} objects, {aspect2} is the compromise.|That leaves {thing2}, which can wait.|With {count} you have a margin.|Shall I draft {piece} as well?|The rest is patience.|Anything {quality} beyond that is a bonus.|Send me {count2} if you want it checked.",
  ),
  pieces: bank(
    "a note|a checklist|an email|a one-pager|a short guide|a speech|a table|an outline|a reply|a script|a summary|a post|a letter|talking points|a sketch|a timeline|instructions|a review",
  ),
  qualities: bank(
    "fragile|surprisingly cheap|hard to judge|solid|predictable|slow|risky|negligible|decent|costly|uneven|reassuring|patchy|acceptable|stubborn|obvious",
  ),
  days: bank(
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|the weekend|next week|the end of the month|tonight|the holidays|the 12th|the 27th|spring|autumn",
  ),
  joiner: " ",
  pause: ", ",
  surname: (random) => random.pick(START) + random.pick(END),
  given: (random) => random.pick(GIVEN),
  place: (random) =>
    `${random.pick(START)}${random.pick(END)}${random.chance(0.2) ? " Cross" : ""}`,
  stuff: (random) => `${random.pick(LOOKS)} ${random.pick(STUFF)}`,
  repair: (text) => text,
};
