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
    "a sourdough starter|lentil stew|a wedding cake for forty|the pizza dough|fermented cabbage|a gluten-free tart|bone broth|my aunt's dumplings|braised fennel|a lunch box menu|plum jam|roast celeriac|a birthday buffet|smoked trout",
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
    "a dungeon for four players|my chess opening|the puzzle in the lighthouse|a board game about bees|the final boss|a campaign map|the scoring track|a quiz night on rivers|card balance|the tavern scene|an escape room|a speedrun route|the rulebook|a treasure hunt",
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
    "our rescue greyhound|a reef tank|the hen house|my cat's new diet|a horse that won't load|the beehive inspection|budgie noise|a puppy class|the pond fish|an old rabbit|hedgehog shelter|the vet bill|a lambing pen|swift boxes",
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
  "Ada|Bruno|Celia|Dermot|Edie|Felix|Greta|Hamish|Imogen|Jonas|Kirsty|Lionel|Maud|Nigel|Opal|Perry|Rosalind|Silas|Tilda|Ursula|Vera|Wilf|Yusuf|Zadie|Alma|Boyd|Corin|Della|Ewan|Fern|Gus|Hattie|Ivor|June|Kit|Lena|Milo|Nell|Otis|Priya",
);

/** English: people's requests, follow-ups and the answers they get. */
export const english: Language = {
  code: "en",
  domains: DOMAINS,
  openers: bank(
    "Hi,|Hello!|Hey,|Good morning,|Quick one:|Morning.|Right,|OK so|A question:|Me again.|Not urgent, but|Hi there,|So,|Evening,|Help!|Odd question perhaps:|Following up on yesterday,|One more:|Hullo,|Small thing:",
  ),
  asks: bank(
    "can you {task}?|{I need/I have/I've got/I really need} to {task}.|{How would you/How do people/How could one} {task}?|Please {task}.|{I'd like/I want/I'm hoping} to {task}, {where do I start/what comes first/any ideas/thoughts}?|{Could you/Would you/Mind if you} {task} for {me/us}?|{What is the simplest/What's a sensible/Is there an honest/What would be a quick/Show me a decent} way to {task}?|{We have/We need/We are supposed} to {task} by {day}.|{Is it realistic/Is it mad/Is it worth it} to {task} {alone/without help/on my own}?|{Walk me through/Take me through/Explain to a beginner/Guide me on} how {to/you'd} {task}.|{name} {asked me/wants me/expects us/told us} to {task}.|I {keep failing/have tried twice/never manage/always forget how} to {task}.|{Help me/Help us/Let us/Try to} {task}.|{Would it make sense/Is now the time/Am I too late/Would you bother} to {task}{ now/ this year/}?|{My plan/The idea/Our aim} is to {task}; {what am I missing/what could break/any holes/does that hold up}?|{Nobody here/No one at work/Hardly anybody/Not even my boss} knows how to {task}.|Let's {task}.|{I was told/They advised us/A friend says} to {task}, {is that sensible/right/do you agree/should I}?|{Sketch/Describe/Outline} how {someone/a newcomer/a small team} in {place} {might/would/should} {task}.|{Tell me honestly/Say frankly/Be fair and say} {whether I should/if I ought to/whether to} {task}.|{I promised/I owe it to/I said to} {name} {that I would/I'd} {task}.|Before {day} {I must/we have to/somebody has to} {task}.",
  ),
  tasks: bank(
    "sort out {aspect} {for/on/around} {thing}|compare {thing} with {thing2}|write {piece} about {thing}|plan {thing} around {aspect}|{understand/see/work out} why {thing} {turned out/came out/looks} {kind}|{decide/choose/pick} between {thing} and {thing2}|explain {aspect} of {thing} to {name}|{improve/raise/tighten up} {aspect} on {thing}|{put together/draft/produce} {piece} on {aspect} for {name}|{find out/say/judge} what {aspect} {means/implies/changes} for {kind} {thing2}|{cut/halve/reduce} the {time/money/effort} {spent on/that goes into} {thing}|{list/give me/think up} {count} {ideas/angles/options} for {thing}|check {aspect} and {aspect2} on {thing}|{rewrite/redo/shorten} {piece} so that {name} {gets the point about/stops worrying over/understands} {thing}|{prepare/scale/arrange} {thing} for {count} people|fix {aspect} without {touching/losing/ruining} {thing2}|{estimate/guess/calculate} {aspect} for {count} of them, given {thing}|{summarise/condense/recap} {what we know/the state of play/my thinking/the arguments} on {thing}|turn {notes/scribbles/a recording} on {thing} into {piece}|keep {thing} going {through/until/past} {day}|{describe/sell/present} {thing} to {a buyer/visitors/an expert} in {place}|teach {name} the {basics/rules/tricks} of {aspect}",
  ),
  facts: bank(
    "{It is/It's/Everything is} {kind}, {about/roughly/at least/easily} {count} years old.|{name} {from/over in/down in} {place} {says/insists/reckons} {aspect} {matters more than/beats/comes before} {aspect2}.|{We tried/We've been at it/I had a go} {count} times {and/but} {aspect} is {still the trouble/no better/the sticking point}.|{The budget is/We can spend/My limit is/There's at most} {count2}{/ and not a penny more/ all told/, firm}.|{It started/This began/Trouble came up} on {day}, {after/when/once} {name} {looked at/touched/moved/saw} {thing2}.|I {live near/work in/drive through/grew up around} {place}{/, if that changes anything/, so it's local/}.|{There are/That makes/We are} {count} of us, {name} and {name2} {included/among them/as well}.|{Last time/Last year/Before that} {thing2} was {kind} and {it went badly/we gave up/nobody was happy/it cost us}.|{I measured/I counted/The label says/We got} {count} by {count2}.|{name} {thinks I'm wrong/disagrees with me/won't hear a word/has a theory} about {aspect}.|{Nothing at/No shop in/Nobody in} {place} {is open/answers/delivers} before {day}.|I already {have/got/received} {piece} from {name}, {but/though/only} {aspect} is {missing/unclear/odd}.|It {has to work/must fit/needs to go/should agree} with {thing2}.|{For context/Background/To give you an idea}: {place}, {count} {rooms/seats/pieces/pages}, {kind} throughout.|The {kind} {version/one/kind} {cost us/was quoted at/would be} {count2}{/ last spring/ before tax/ apiece}.|{My notes say/I wrote down/Here's what I have:} {aspect}: {count}, {aspect2}: {count2}.|{name2} {will look at it/wants to see it/takes over/is back} on {day}.|{It's/We're on/This is} the same {thing2} as {before/last time/in my other question}, only {kind}.|In {place} {they do it differently/that is unheard of/it's the norm/people laugh at this}, {name} {told me/says/swears}.|I {can spare/have/set aside} {count} {hours/minutes/evenings} {on/before/until} {day}.|{What worries me is/I'm mostly after/My headache is/It comes down to} {aspect}, then {aspect2}.|{Someone/A firm/A lady/My cousin} in {place} {quoted/offered/asked/mentioned} {count2}{/ for it/ flat}.",
  ),
  limits: bank(
    "{Keep it under/No more than/Around/At most} {count} words.|{No bullet points please/No lists/Running text please/Just prose}.|{Plain words/Simple language/Nothing fancy}, {name} is new to this.|{A short list is fine/List form works/Bullets are fine}.|{Give me/I want/Offer} {count} options.|{Be blunt/Don't sugar-coat it/Honest answer please/Straight talk}.|{With an example/Add an example/Show one case}.|{In a table if you can/A table would be nice/Tabular please}.|{Skip the introduction/No preamble/Straight to the point}.|{Mention/Touch on/Don't forget} {aspect} too.|{Step by step, please/One step at a time/Number the steps}.|British spelling.|{Nothing about/Leave out/Ignore} {thing2}.|{Ask me first if something is unclear/Questions welcome/Ask if you need more}.|{Rough numbers will do/Ballpark is fine/No decimals}.|{Something I can send to/Word it for/Written so I can forward it to} {name}.|{Two paragraphs at most/One page/Short please/Half a page}.|{I don't need theory/Skip the theory/Practical only}.|{End with/Finish on/Close with} {what to do/the next step} on {day}.|{Say what you'd leave out/What would you drop/And what not to do}.",
  ),
  followups: bank(
    "And {aspect}?|{What changes/Anything different/Does it hold} if {thing} is {kind}?|{name} {disagrees/has doubts/laughed} {on/about} {aspect}; {who is right/what now/fair}?|{Could you/Please/Can we} make {that/it} shorter and {add/keep} {aspect}?|Now {do/try/write} the same for {thing2}.|I don't {follow/get/buy} the {part/bit/point} on {aspect}.|{Fine/OK/Sure}, but we only have {count}.|{Which of these first/What goes first/Where to begin}, given {day}?|{Can you redo it/Adapt it/Change it} for {place}?|{That helped/Great/Nice one}. {What about/Next:/And} {thing2}?|You said {aspect} {comes first/matters/is key}. {Why/How so/Since when}?|{Replace/Drop/Soften} the {second/first/last} point, {name} won't like it.|{Too long/Way too long/Shorter}, {cut it to/make it} {count} lines.|{Give me/Make it/Turn that into} {piece} {I can hand to/for/addressed to} {name}.|{What would go wrong/Who pays/What if it fails} with {aspect2}?|{Take/Leave} {aspect} out and keep the rest.|How sure are you about {aspect}?|{Assume/Say it's/Make it} {count2} instead.|The bit about {thing} {doesn't fit/is off/is wrong}, it is {kind}.|{Good/Perfect/Lovely}. {Turn it into/Now as/Make it} {piece}.|I tried {that/it} on {day} and {aspect} got {worse/stranger/better}.|Could {name2} do this without {thing2}?",
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
    "a note|a checklist|an email|a one-page plan|a short guide|a speech|a table|an outline|a reply|a script|a summary|a post|a letter|talking points|a sketch|a timeline|instructions|a review",
  ),
  qualities: bank(
    "fragile|surprisingly cheap|hard to judge|solid|predictable|slow|risky|negligible|decent|costly|uneven|reassuring|patchy|acceptable|stubborn|obvious",
  ),
  days: bank(
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|the weekend|next week|the end of the month|tonight|the holidays|the 12th|the 27th|spring|autumn",
  ),
  joiner: " ",
  surname: (random) => random.pick(START) + random.pick(END),
  given: (random) => random.pick(GIVEN),
  place: (random) =>
    `${random.pick(START)}${random.pick(END)}${random.chance(0.2) ? " Cross" : ""}`,
  repair: (text) => text,
};
