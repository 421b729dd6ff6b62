import { bank, domain, type Language } from "./language.ts";

/** Things and aspects stand in the accusative, the only case the templates use. */
const DOMAINS = [
  domain(
    "garten",
    "das Hochbeet|den alten Birnbaum|die Regentonne|den Rasen hinterm Schuppen|die Tomatenpflanzen|den Komposthaufen|die Hainbuchenhecke|das Frühbeet|die Schneckenplage|den Kräutergarten|die Bewässerung|den Gartenteich",
    "den Boden|den Schnitt|die Düngung|den Frostschutz|den Abstand|die Ernte|die Schädlinge|das Gießen",
    "verwildert|frisch gepflanzt|schattig|sandig|vernässt|windgeschützt",
  ),
  domain(
    "haus",
    "die Fugen im Bad|den feuchten Keller|die Gastherme|den Dielenboden|das Regal in der Nische|die Dachluke|den Sicherungskasten|die Regenrinne|das gebrauchte Sofa|die Küchenschublade|den Thermostat|die Haustür",
    "das Material|die Kosten|die Feuchtigkeit|die Maße|die Reihenfolge|die Sicherheit|die Dämmung|das Werkzeug",
    "undicht|gemietet|zugig|halbfertig|denkmalgeschützt|überstrichen",
  ),
  domain(
    "recht",
    "den Mietvertrag|die Kaution|die Nebenkostenabrechnung|den Bußgeldbescheid|die Kündigungsfrist|den Erbteil|die Untermiete|den Zaun des Nachbarn|die stornierte Reise|das Arbeitszeugnis|die Baugenehmigung|die Mahnung",
    "die Frist|den Wortlaut|die Kosten|die Beweise|die Haftung|die nächsten Schritte|die Ausnahmen|die Schriftform",
    "strittig|mündlich|abgelaufen|unterschrieben|handschriftlich|gemeinsam",
  ),
  domain(
    "schule",
    "das Referat über Kanäle|die Matheklausur|den Aufsatz zum Heimatbegriff|das Physikprotokoll|den Elternabend|die Vokabeln|das Lesetagebuch|die mündliche Prüfung|den Lernplan|das Plakat zur Photosynthese|die Bruchrechnung|die Facharbeit",
    "den Aufbau|die Beispiele|die Quellen|die Bewertung|die Fehler|die Wiederholung|den Wortschatz|den Zeitplan",
    "überfällig|zweisprachig|verwirrend|benotet|wöchentlich|umfangreich",
  ),
  domain(
    "reise",
    "den Nachtzug|die Hüttentour|den Campingplatz|die Fährverbindung|das Wochenende an der See|den Leihwagen|die Radtour am Fluss|das Visum|das Gepäck der Kinder|die Hochzeitsreise|die Bahnkarte|den Inselrundweg",
    "das Budget|die Anschlüsse|das Wetter|die Buchung|die Öffnungszeiten|die Pausen|die Alternativen|das Gepäck",
    "kurzfristig|verregnet|barrierefrei|günstig|außerhalb der Saison|überlaufen",
  ),
  domain(
    "betrieb",
    "die Preisliste der Werkstatt|das Quartalsbudget|den Messestand|die Stellenanzeige|den Newsletter|den Lieferantenvertrag|die Inventur|den Schichtplan|die Kundenumfrage|das Angebot an die Stadt|die Rückgaberegeln|den Buchungskalender",
    "den Ton|die Marge|den Zeitplan|die Risiken|die Ziele|die Formulierung|die Prioritäten|den Vergleich",
    "veraltet|saisonal|familiengeführt|vertraulich|regional|verspätet",
  ),
  domain(
    "technik",
    "den Parser für Fahrpläne|das Anmeldeformular|den nächtlichen Export|den wackligen Test|das Migrationsskript|die Warteschlange|den Bildverkleinerer|die Tabelle mit kaputten Daten|das Dashboard|den Speicherverbrauch|die Schnittstelle|den Sensor im Keller",
    "die Fehlerbehandlung|die Tests|die Laufzeit|die Namen|die Typen|das Protokoll|die Randfälle|die Lesbarkeit",
    "geerbt|langsam|unzuverlässig|undokumentiert|doppelt|halb umgebaut",
  ),
  domain(
    "familie",
    "die Rede zum Abschied|den Brief an meine Schwester|das Gespräch mit dem Chef|die Entschuldigung|das Klassentreffen|den Besuch der Schwiegereltern|die Trauerkarte|die Hausregeln|den Umzug der Tochter|die Hochzeitsrede|das Mitarbeitergespräch|den Streit im Verein",
    "den Ton|den Zeitpunkt|den ersten Satz|die Erwartungen|die Grenzen|das Vertrauen|den Humor|das Missverständnis",
    "förmlich|überfällig|heikel|herzlich|kurz|angespannt",
  ),
  domain(
    "küche",
    "den Sauerteig|die Linsensuppe|den Geburtstagskuchen|die Maultaschen|das Sauerkraut|den Pflaumenkuchen|die Knochenbrühe|das Buffet für dreißig|den veganen Braten|die Marmelade|das Roggenbrot|die Brotdose",
    "das Salz|die Backzeit|die Mengen|die Konsistenz|den Ersatz|die Lagerung|die Temperatur|die Reste",
    "zu flüssig|glutenfrei|verbrannt|salzarm|bitter|preiswert",
  ),
];

const START = bank(
  "Alt|Brau|Dorn|Eber|Falken|Grau|Hassel|Immen|Jung|Kalten|Lauter|Moor|Nieder|Ober|Quell|Roggen|Sand|Tann|Ulm|Vogel|Wald|Zeller|Birk|Hain",
);
const END = bank(
  "bach|feld|stedt|hausen|berg|rode|brück|born|weiler|hagen|mühl|see|kirch|au|tal|horst|winkel|stein",
);
const GIVEN = bank(
  "Anke|Bernd|Clara|Detlef|Elke|Frieder|Gesa|Henrik|Ilse|Jürgen|Karla|Lothar|Mechthild|Norbert|Oda|Piet|Rieke|Sören|Thea|Uwe|Viktoria|Wiebke|Bastian|Carsten|Dörte|Emil|Frauke|Gerrit",
);

/** German. */
export const german: Language = {
  code: "de",
  domains: DOMAINS,
  openers: bank(
    "Hallo,|Guten Tag,|Moin,|Kurze Frage:|Guten Morgen,|Servus,|Hi,|Noch mal ich:|Nur eine Kleinigkeit:|Grüß dich,|Also,|Guten Abend,|Anschlussfrage von gestern:|Mal was anderes:",
  ),
  asks: bank(
    "kannst du mir helfen, {task}?|ich muss {task}.|wie würdest du vorgehen, um {task}?|bitte hilf mir, {task}.|ich soll für {name} {task}.|lohnt es sich, {task}?|was brauche ich, um {task}?|wir wollen {task}.|ist es realistisch, allein {task}?|ich schaffe es nicht, {task}.|erkläre mir, wie man es angeht, {task}.|bis {day} will ich {task}.|in {place} rät man mir, {task}.|mein Plan ist, {task}; was übersehe ich?|zeig mir einen Weg, {task}.",
  ),
  tasks: bank(
    "{aspect} für {thing} zu klären|{thing} mit {thing2} zu vergleichen, was {aspect} angeht|{piece} über {thing} zu schreiben|{thing} um {aspect} herum zu planen|zu verstehen, warum das {kind} ist: {thing}|mich zu entscheiden, {thing} oder {thing2}|{name} {aspect} zu erklären|{aspect} zu verbessern, ohne {thing2} anzufassen|{piece} für {name} vorzubereiten|{aspect} für {count} Leute zu schätzen|das Wichtigste über {thing} zusammenzufassen|{aspect} und {aspect2} zu prüfen|aus Notizen über {thing} {piece} zu machen|{count} Ideen für {thing} zu sammeln|{thing} in {place} vorzustellen",
  ),
  facts: bank(
    "Das Ganze ist {kind}, etwa {count} Jahre alt.|{name} aus {place} meint, man müsse eher an {aspect} denken.|Wir haben es {count} Mal versucht.|Mehr als {count2} Euro sind nicht drin.|Angefangen hat es, als {name} sich {thing2} angesehen hat.|Ich wohne bei {place}.|Wir sind {count}, {name} und {name2} eingerechnet.|Beim letzten Mal war alles {kind}.|Gemessen habe ich {count} mal {count2}.|{name} glaubt, ich irre mich, was {aspect} betrifft.|Von {name} habe ich schon {piece}, aber ohne {aspect}.|Sorgen macht mir der Blick auf {aspect}, danach auf {aspect2}.|In {place} wollte man {count2} dafür.|{name2} schaut bis {day} darüber.|Ich habe {count} Stunden Zeit.|In {place} macht man das anders.",
  ),
  limits: bank(
    "Höchstens {count} Wörter.|Bitte ohne Aufzählung.|Einfach erklärt, {name} ist neu dabei.|Gib mir {count} Möglichkeiten.|Ganz ehrlich bitte.|Mit Beispiel.|Schritt für Schritt.|Denk auch an {aspect}.|Nichts über {thing2}.|Frag nach, wenn etwas unklar ist.|So, dass ich es {name} schicken kann.|Gern als Tabelle.|Grobe Zahlen reichen.|Maximal zwei Absätze.",
  ),
  followups: bank(
    "Und was ist mit Blick auf {aspect}?|Was ändert sich, wenn es {kind} ist?|{name} sieht das anders.|Kürzer bitte, und nimm {aspect} dazu.|Jetzt dasselbe für {thing2}.|Den Teil über {aspect} verstehe ich nicht.|Gut, aber wir haben nur {count}.|Was zuerst?|Passe es an {place} an.|Du sagtest, erst {aspect}. Warum?|Ersetze den zweiten Punkt, {name} mag das nicht.|Mach daraus {piece}.|Und bei {count2}?|Lass {aspect} weg, den Rest behalten.|Ich habe es probiert, jetzt ist es {kind}.|Kann {name2} das ohne {thing2}?",
  ),
  closers: bank("Danke!|Vielen Dank.|Gruß, {name}|Danke im Voraus|Besten Dank|Viele Grüße, {name}"),
  leads: bank(
    "Beginne mit dem Blick auf {aspect}: Das entscheidet über {thing}.|Kurz gesagt: Für {thing} braucht es zuerst den Blick auf {aspect}.|Es kommt darauf an, wie {kind} alles wirklich ist.|So würde ich {thing} angehen.|Zwei Dinge zählen, und man prüft {aspect} und {aspect2}.|Mit {count} lässt sich {thing} gut schaffen.|Die Sorge ist berechtigt, schau dir {aspect} an.|Im Fall von {name} würde ich {thing} und {thing2} trennen.",
  ),
  claims: bank(
    "Ist es {kind}, schätzt man {aspect} leicht falsch, also rechne mit {count} statt mit {count2}.|Wenn {name} sich bis {day} {thing2} ansieht, muss niemand mehr über {aspect2} rätseln.|In {place} überschätzen die meisten {aspect} und vergessen {aspect2}.|Sobald man {thing2} einbezieht, wirkt das {quality}, und {count} wird knapp.|Halte {piece} bereit, denn {name} fragt sicher nach.|Die Zahl {count2} klingt {quality}, sicherer wäre {count}.|Wer {thing} und {thing2} zugleich ändert, sieht nicht, woran es lag.|Nach {count} Tagen merkst du, ob es {quality} ist.|Was {name} über {aspect} sagt, stimmt für {thing2}, weniger für {thing}.|Stelle {aspect2} zurück, das ist im Moment {quality}.|Für {count} Leute kostet es ungefähr {count2}.|Falls {place} sich als {quality} erweist, nimm {thing2}.|Zwischen {count} und {count2} ändert sich wenig, darüber schon.|Bitte {name2}, bis {day} noch einmal auf {aspect} zu achten.",
  ),
  steps: bank(
    "Notiere {aspect}, {count} Werte genügen.|Bitte {name} bis {day} um {piece}.|Lass {thing2} beiseite und prüfe nur {aspect}.|Versuche es einmal mit {count2}.|Vergleiche mit {place}.|Schreibe {piece} und gib es {name}.|Wiederhole es nach {count} Tagen.|Kläre {aspect2}, dann zurück an {thing}.|Sprich mit {name2} über {aspect2}.",
  ),
  ends: bank(
    "Sag mir, wie es bis {day} aussieht.|Wenn {name} widerspricht, hilft der Weg über {aspect2}.|Bleibt noch der Punkt mit Blick auf {thing2}, der kann warten.|Mit {count} hast du Spielraum.|Soll ich auch {piece} entwerfen?|Der Rest ist Geduld.",
  ),
  pieces: bank(
    "eine Notiz|eine Liste|eine E-Mail|einen Plan|eine kurze Anleitung|eine Rede|eine Tabelle|eine Gliederung|eine Antwort|ein Skript|eine Übersicht|einen Brief|einen Beitrag|Stichpunkte",
  ),
  qualities: bank(
    "empfindlich|günstig|schwer zu beurteilen|solide|vorhersehbar|langsam|riskant|nebensächlich|annehmbar|teuer|ungleichmäßig|beruhigend|lückenhaft|offensichtlich",
  ),
  days: bank(
    "Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|nächste Woche|Monatsende|zu den Ferien|zum 12.|zum 27.|zum Frühjahr",
  ),
  joiner: " ",
  surname: (random) => random.pick(START) + random.pick(END),
  given: (random) => random.pick(GIVEN),
  place: (random) => random.pick(START) + random.pick(END),
  repair: (text) => text,
};
