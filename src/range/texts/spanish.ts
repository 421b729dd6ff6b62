import { bank, domain, type Language } from "./language.ts";

const DOMAINS = [
  domain(
    "huerto",
    "los tomates de la terraza|el limonero enfermo|una pérgola de parra|el riego por goteo|los bancales del pueblo|unas macetas de barro|el seto de laurel|la higuera vieja|el compostador|las alcachofas|un almácigo de pimientos|el olivo trasplantado",
    "el riego|la poda|las plagas|el abono|la sombra|el drenaje|la cosecha|las heladas",
    "reseco|recién plantado|abandonado|orientado al norte|pedregoso|frondoso|tardío",
  ),
  domain(
    "cocina",
    "el cocido del domingo|una tarta sin huevo|la masa de empanada|unas croquetas de setas|el escabeche de perdiz|la paella para doce|un menú de oficina|el pan de centeno|las conservas de pisto|un flan de café|el caldo de pescado|la merienda del cole",
    "la sal|los tiempos|las cantidades|la textura|los sustitutos|el reposo|la temperatura|las sobras",
    "soso|pasado|sin gluten|casero|aguado|económico|amargo",
  ),
  domain(
    "vivienda",
    "el contrato de alquiler|la fianza del piso|las humedades del baño|la caldera|el suelo de terrazo|una estantería a medida|el ruido del vecino|la derrama de la comunidad|las ventanas de madera|el trastero|la instalación eléctrica|una terraza cubierta",
    "los plazos|el presupuesto|los permisos|las medidas|el aislamiento|las reclamaciones|los materiales|las garantías",
    "antiguo|compartido|mal ventilado|reformado|oscuro|sin escritura|húmedo",
  ),
  domain(
    "estudios",
    "el trabajo de historia|un comentario de texto|los apuntes de anatomía|la oposición de auxiliar|un examen de derivadas|la exposición de biología|el diario de lectura|las prácticas de química|un mapa conceptual|la redacción en inglés|el temario de derecho|unas fichas de verbos",
    "la estructura|los ejemplos|las fuentes|el vocabulario|los errores|el repaso|la nota|el ritmo",
    "atrasado|bilingüe|confuso|grupal|optativo|extenso|evaluable",
  ),
  domain(
    "viajes",
    "una ruta por la sierra|el tren nocturno|un fin de semana en la costa|el visado|la furgoneta alquilada|un camino en bicicleta|el albergue del puerto|las maletas de los niños|un crucero fluvial|la excursión del instituto|el seguro de viaje|una boda en otra isla",
    "el precio|los enlaces|el tiempo|las reservas|los horarios|el equipaje|las alternativas|los descansos",
    "de última hora|familiar|barato|lluvioso|accesible|improvisado|largo",
  ),
  domain(
    "negocio",
    "la carta del bar|una web de reservas|el inventario del taller|las facturas impagadas|un puesto en la feria|la campaña de rebajas|el turno de noche|una subvención municipal|el boletín de clientes|un proveedor de harina|la tienda de bicicletas|la encuesta de la academia",
    "los márgenes|el tono|los costes|la competencia|el calendario|los objetivos|las quejas|la redacción",
    "familiar|estacional|anticuado|mayorista|ruinoso|comarcal|urgente",
  ),
  domain(
    "programas",
    "una consulta que tarda|el formulario de alta|un script de copias|la hoja de gastos|el panel de ventas|una prueba intermitente|la integración del pago|un bot de avisos|el despliegue del viernes|las fechas mal leídas|una tabla duplicada|el registro de sensores",
    "los errores|los tipos|el rendimiento|las pruebas|los nombres|los permisos|los casos límite|la limpieza",
    "heredado|frágil|asíncrono|lento|mal documentado|repetido|a medias",
  ),
  domain(
    "familia",
    "un discurso de jubilación|la carta a mi hermana|el cumpleaños de la abuela|una queja al profesor|las normas de casa|la mudanza de mi hijo|un mensaje de pésame|la reunión de vecinos|el regalo de boda|una disculpa|la cena de antiguos alumnos|la entrevista de trabajo",
    "el tono|el momento|la primera frase|los malentendidos|los límites|la confianza|el humor|la despedida",
    "incómodo|formal|pendiente|sincero|breve|delicado|tenso",
  ),
  domain(
    "escritura",
    "un cuento de faros|la letra de una copla|el segundo capítulo|un soneto|el personaje del boticario|una obra de teatro escolar|la contraportada|un guion de radio|las memorias de mi padre|una leyenda del pueblo|el diálogo final|un poema para niños",
    "el ritmo|la voz|el final|las imágenes|el título|los diálogos|el conflicto|el narrador",
    "melancólico|recargado|cómico|lento|histórico|inacabado|oscuro",
  ),
  domain(
    "salud",
    "la rodilla después de correr|un diario de sueño|la dieta sin sal|la alergia al olivo|los turnos de noche|una contractura|el plan de marcha|la tensión de mi madre|las gafas nuevas|la rehabilitación del hombro|un análisis de sangre|el dolor de cabeza",
    "el dolor|la frecuencia|el descanso|los síntomas|la postura|los avances|las dosis|los hábitos",
    "crónico|leve|repentino|estacional|persistente|molesto",
  ),
  domain(
    "dinero",
    "la hipoteca variable|un fondo indexado|la declaración de autónomos|el presupuesto de casa|la pensión de mi padre|una herencia entre primos|el seguro del coche|la beca de máster|los gastos de comunidad|una cuenta conjunta|el préstamo del taller|la factura de la luz",
    "los intereses|las comisiones|el plazo|el riesgo|la inflación|los recibos|las deducciones|el ahorro",
    "fijo|compartido|atrasado|opaco|ventajoso|irregular",
  ),
  domain(
    "música",
    "un arreglo para cuarteto|las escalas de guitarra|el coro del barrio|una letra de rumba|la mezcla del estudio|un solo de trompeta|el cajón flamenco|la banda de fiestas|un tema de piano|el repertorio de boda|el micrófono del directo|una nana",
    "el compás|la afinación|los acordes|el ensayo|el volumen|la digitación|las partituras|los silencios",
    "desafinado|acústico|lento|sincopado|amateur|ruidoso",
  ),
  domain(
    "animales",
    "la perra adoptada|un acuario de agua dulce|las gallinas del corral|el gato mayor|la yegua de mi tío|las colmenas|un periquito ruidoso|el cachorro mordedor|la tortuga del patio|los erizos|las ovejas trashumantes|el veterinario de guardia",
    "la comida|el adiestramiento|la limpieza|los ladridos|las vacunas|la edad|la compañía|el traslado",
    "asustado|obeso|anciano|inquieto|dócil|herido",
  ),
  domain(
    "motor",
    "la correa de distribución|una moto de segunda mano|el aire acondicionado|los frenos traseros|la ITV del lunes|un ruido al girar|la batería del híbrido|la caravana|el remolque|las ruedas de invierno|el embrague|un golpe en la puerta",
    "el desgaste|las piezas|la garantía|el consumo|la reventa|los aceites|las vibraciones|el peritaje",
    "diésel|oxidado|ruidoso|importado|seminuevo|eléctrico",
  ),
  domain(
    "juegos",
    "una partida de rol|la apertura de ajedrez|un juego de cartas sobre faros|la gincana del colegio|el jefe final|un acertijo del bosque|la liga de dominó|una sala de escape|el reglamento casero|la noche de trivial|un mapa de mazmorras|el torneo de mus",
    "la dificultad|las pistas|las reglas|el equilibrio|los premios|los personajes|los turnos|el final",
    "cooperativo|injusto|rápido|por parejas|oscuro|infantil",
  ),
];

const START = bank(
  "Val|Cas|Mon|Alc|Riba|Torre|Peña|Fuen|Oli|Bena|Guada|Santi|Cara|Bal|Mira|Zar|Quin|Villa|Arro|Leza|Sote|Cobe",
);
const END = bank(
  "deros|tillo|talbán|ñena|deja|blanca|cedo|vares|sol|mayor|quejo|gordo|vieja|rubia|nuevo|dilla|hermosa|lejos|zuela|mar",
);
const GIVEN = bank(
  "Abril|Baltasar|Clotilde|Diego|Estrella|Fabián|Genoveva|Hernán|Irene|Julián|Lorena|Manuela|Norberto|Olalla|Patricio|Remedios|Salvador|Tomasa|Urbano|Valeria|Wilfredo|Ximo|Zulema|Arturo|Beatriz|Cosme|Dolores|Efrén|Flora|Guillermo|Amparo|Benito|Candela|Darío|Elvira|Fermín|Gloria|Hilario|Inés|Jacinto|Leonor|Martín|Nieves|Octavio|Pilar|Quique|Rosaura|Saúl|Telma|Ulises|Violeta|Ximena|Yago|Zoe|Bruno|Casilda|Donato|Eulalia",
);
const STUFF = bank(
  "la bisagra|el cajón|la escalera|el cubo|la manta|el farol|la tetera|el estante|la cortina|el martillo|la cesta|el espejo|la válvula|el botón|la bandeja|el embudo|la cuerda|el paraguas|la campana|el taburete|la palanca|el imán|la aguja|el pedal|la radio|el sobre|la rejilla|el cincel|la manivela|el cerrojo|la jarra|el remo|la polea|el rastrillo|la teja|el tambor|la percha|el felpudo|la linterna|el candado|la brocha|el tapón|la funda|el tornillo|la baldosa|el colador|la hebilla|el gancho|la escoba|el perchero",
);
const MADE_OF = bank(
  "de latón|de corcho|de madera|de cuero|de vidrio|de lona|de cobre|de mimbre|de goma|de mármol|de hierro|de papel|de lana|de plástico|de barro|de acero|de tela|de bambú|de terciopelo|de piedra|de hojalata|de cera|de resina|de cartón|de esparto|de repuesto|de la entrada|del sótano|del coche|del patio|de la cocina|del taller|de la abuela|del trastero|de la obra|del balcón|de segunda mano|del vecino|del barco|de la escuela",
);

/** Spanish. */
export const spanish: Language = {
  code: "es",
  domains: DOMAINS,
  openers: bank(
    "Hola,|Buenas,|Buenos días,|Una duda:|Perdona,|Oye,|A ver,|Buenas tardes,|Hola otra vez,|Pregunta rápida:|Vuelvo por {lo anterior/lo mío/ayer}:|Saludos,|Mira,|Otra cosa:|Buenas noches,|Disculpa,|Aquí otra vez:|Verás,|Ayuda:",
  ),
  asides: bank(
    "la verdad|en realidad|más o menos|al parecer|por lo visto|quizá|seguramente|por fin|claro|de momento|sinceramente|al final|a lo mejor|menos mal|por desgracia|la verdad es que|como siempre|en teoría|básicamente|por suerte|digamos que|al menos|de verdad|si acaso|en principio|de hecho|poco a poco|por ahora|según parece|más bien",
  ),
  specs: bank(
    "% de {place}|% en {place}|% cerca de {place}|% para {name}|% que dejó {name}|% que lleva {name}|% a medias con {name}|% del número {count}|% como lo hizo {name}|% camino de {place}|% desde {place}|% según {name}",
  ),
  commonplaces: bank(
    "hola|Hola|buenas|prueba|¿quién eres?|¿qué puedes hacer?|hola, ¿cómo estás?|cuéntame un chiste|buenos días|gracias|test|¿me puedes ayudar?|escribe un poema|¿hablas español?|¿qué modelo eres?|cuéntame un cuento|dame una receta fácil|traduce esto al inglés|¿cuál es la capital de Australia?|¿qué es la inteligencia artificial?|¿cuál es el sentido de la vida?|¿cómo puedo adelgazar?|escribe una carta de presentación|dime un dato curioso|¿qué ceno hoy?|explícame la fotosíntesis|hazme un resumen|¿cómo se hace una tortilla de patatas?|ideas para un regalo de cumpleaños|¿por qué el cielo es azul?",
  ),
  asks: bank(
    "¿~{puedes/podrías/sabrías} {task}?|{necesito/quiero/debo/espero/intento} {task}.|¿~cómo {harías/haría alguien/hace la gente/haría {name}} para {task}?|~{ayúdame/ayúdanos/échame una mano/enséñame} a {task}.|{tengo/tenemos/{name} tiene} que {task} ~antes {day}.|¿{merece la pena/es legal/es sensato/es de locos} {task} {en {place}/ahora/con {name}/así}?|{quiero/querría/queremos} {task} y {no sé {empezar/seguir}/me falta {aspect}/dudo con {aspect}}.|{name} ~{me pide/me ha pedido/espera/nos encargó} {task}.|¿Qué {pasos/orden/método} {sigo/seguirías/recomiendas} {para/al} {task}?|{llevo/llevamos} {días/semanas/{count} días} {intentando/tratando de/sin} {task}.|~{explícame/cuéntame/dime/explica a {name}} {cómo/de qué forma/con qué orden} {task}.|¿Tiene ~{sentido/lógica/futuro} {task} {ahora/en {place}/sin {name}/todavía}?|{me toca/nos toca/a {name} le toca} {task} en {place}.|{he prometido/le debo/juré} a {name} {task}.|¿~{se puede/es posible/cabe} {task} sin {ayuda/{name}/gastar {count2}}?|{voy a/vamos a/pienso} {task}, ¿{qué se me escapa/qué falla/algún pero/te parece}?|{En {place}/Nadie aquí/Ni {name}/Apenas nadie} {sabe/acierta a/logra} {task}.|{Mi plan/La idea/El objetivo} es {task} ~{antes {day}/con {name}/sin prisas/por {count2}}.|{Dicen/Me aconsejan/{name} insiste en} {task}{, ¿estás de acuerdo?/; ¿tú qué harías?/, y dudo./.}|¿{Y si/Qué tal si/Por qué no} {probamos a/nos ponemos a/intentamos} {task}?",
  ),
  tasks: bank(
    "{resolver/aclarar/arreglar} {aspect} con {thing}|comparar {thing} {con/frente a} {thing2}|{escribir/redactar/empezar} {piece} sobre {thing}|{organizar/ordenar/planear} {thing} según {aspect}|{entender/averiguar/ver} por qué {thing} {salió/quedó/sigue} {kind}|{decidir/elegir/dudar} entre {thing} y {thing2}|{explicar/justificar/enseñar} {aspect} a {name}|mejorar {aspect} {para/de cara a/pensando en} {thing}|{preparar/terminar/corregir} {piece} para {name}|{calcular/estimar/prever} {aspect} con {count} {personas/invitados/piezas}|{resumir/repasar/contar} {lo que/cuanto/todo lo que} ~{sé/sabemos/dijo {name}} {sobre/de} {thing}|revisar {aspect} y {aspect2}{/ antes {day}/ en {place}}|{convertir/pasar} {mis notas/unos apuntes/un audio de {name}} {sobre/de} {thing} {en/a} {piece}|{buscar/inventar/pensar} {count} {ideas/nombres/variantes} para {thing}|arreglar {aspect} sin {tocar/perder/cambiar} {thing2}|{presentar/vender/mostrar} {thing} en {place}|{sustituir/salvar/mover} {thing} {antes {day}/con {stuff}/por {count2}}|{acordar/fijar/negociar} {aspect} con {name}|{traducir/adaptar/abreviar} {piece} sobre {thing2} para {place}|{equilibrar/separar/combinar} {aspect} y {aspect2} {con/para} {thing}",
  ),
  facts: bank(
    "{Tiene/Cuenta con/Cumple} ~{unos/casi/más de} {count} años {y está/y sigue/, todo} {kind}.|{name}, de {place}, {dice/cree/jura} que {importa/pesa/cuenta} más {aspect}.|Lo {hemos intentado/probamos/repetimos} ~{count} veces{/ {con/sin} {stuff}/ en {place}}.|El {tope/límite/presupuesto} {son/es de/ronda} {count2} euros.|Todo ~{empezó/cambió/se torció} cuando {name} {miró/tocó/vio} {thing2}.|{Vivo/Trabajo/Crecí/Paro} cerca de {place}.|Somos {count}, {contando a/además de/sin} {name} y {name2}.|La {otra vez/última vez/primera vez} {thing2} {salió/quedó/estaba} {kind}.|{Mide/Pesa/Marca} {count} por {count2}{/, según {name}/ {con/sin} {stuff}}.|{name} ~{cree/piensa/sospecha} {que {me equivoco/exagero}/otra cosa/que yerro} {con/en} {aspect}.|Ya {tengo/hay/guardo} {piece} de {name}, ~{pero/aunque/solo que} {falta/falla/baila} {aspect}.|Debe {encajar/cuadrar/ir} con {thing2}{/ y {stuff}}.|{Me preocupa/Me inquieta/Lo peor es/El nudo es} {aspect}, {y después/luego/y algo menos} {aspect2}.|En {place} ~{me pidieron/cobran/me ofrecieron} {count2}{/ por {stuff}}.|{name2} ~{lo verá/lo mirará/pasará/decide} {antes/un rato antes/mucho antes} {day}.|{Puedo dedicarle/Tengo/Me quedan} {count} {horas/ratos/tardes}.|En {place} ~{lo hacen/se hace/eso va} {de otra manera/al revés/con {stuff}}.|{Usamos/Rompimos/Compré/{name} vendió} {stuff} {y/pero no/junto a} {stuff}.|{Imagina/Piensa en/Digamos} {stuff} {sobre/dentro de/contra} {stuff}, {count} {cm/gramos/euros}.|{name} {pagó/ahorró/perdió} {count2} {con/por} {thing2}.|{Dos/Tres/Cuatro/Varios} {vecinos/amigos/colegas} ~{recomiendan/critican/alaban} {thing2}.|{Guardo/{name} guarda/Escondemos} {thing2} {con/bajo/tras} {stuff} en {place}.|{Desde/Ya desde} {el día {count}/que vino {name}} {aspect} {anda/parece/va} ~{quality}.",
  ),
  limits: bank(
    "En {menos/no más} de {count} {palabras/líneas/frases}.|Sin {listas/rodeos/viñetas}{/, por favor/; {name} las odia}.|Con {palabras sencillas/frases cortas/calma}, {name} {empieza/se pierde/es novata}.|{Dame/Quiero/Busca} {count} {opciones/versiones/salidas}.|Sé {directo/breve/franco}.|Con {un ejemplo/{count} ejemplos/un caso de {place}}.|Paso a paso{/, con {count} pasos/, por favor}.|{Menciona/Incluye/Toca} también {aspect}.|Nada {sobre/de} {thing2}.|{Pregúntame/Pregunta/Avísame} si {algo/{aspect}} {no queda claro/falta/sobra}.|Algo que {pueda mandar/sirva/guste} a {name}.|En una tabla{/, si puedes/ de {count} filas}.|{Me vale/Basta/Me apaño} con {cifras aproximadas/redondear/un cálculo a ojo}.|{Dos párrafos/Una página/{count} líneas} como {mucho/máximo}.|{Usa/Toma} {stuff} {de/como} ejemplo.|{Acaba/Termina/Cierra} con {tareas/{stuff}/un plan} antes {day}.",
  ),
  followups: bank(
    "¿Y {aspect}?|¿Qué {cambia/pasa/harías} si {thing} ~está {kind}?|{name} ~{no está de acuerdo/duda/se ríe} con {aspect}.|Hazlo {más corto/más claro/más suave} y {añade/conserva} {aspect}.|Ahora {lo mismo/eso/otro tanto} con {thing2}.|No {entiendo/veo/me creo} lo de {aspect}{/ {con/para} {stuff}}.|{Vale/Bien/Ya}, pero solo ~{tenemos/quedan/hay} {count}{/ en {place}}.|¿Qué {va primero/urge más/empiezo}, {aspect} o {aspect2}?|{Adáptalo/Cámbialo/Pásalo} a {place}.|{Dijiste/Decías} que primero {aspect}, ¿{por qué/desde cuándo/seguro}?|{Cambia/Quita/Suaviza} el {segundo/primer/último} punto, {a {name} no le gusta/{name} protesta/suena {quality}}.|{Pásalo/Conviértelo} {a/en} {piece} {para/de} {name}.|¿Y si fueran {count2}{/ en {place}}?|Quita {aspect} y {deja/salva/respeta} lo demás.|Lo probé {con {stuff}/en {place}/dos veces} y {aspect2} ~{fue a peor/mejoró/salió raro}.|¿Podría ~hacerlo {name2} sin {thing2}?|{name} {llamó/escribió/vino}: {aspect} ~es {quality}. ¿{Y ahora/Entonces/Qué hago}?",
  ),
  retorts: bank(
    "«%»: ¿{y eso/por qué/según quién}?|{Dices/Pones/Arriba:} «%». ¿{Vale también/Y} para {thing2}?|{Sobre/En cuanto a} «%», {name} ~{duda/no lo ve/preguntaría por {aspect}}.|{Explica/Amplía/Detalla} «%».|{Cambia/Acorta/Quita} «%»{/, suena {quality}/ para {name}}.",
  ),
  closers: bank(
    "Gracias|Mil gracias.|Un saludo|Gracias de antemano|Saludos, {name}|Te lo agradezco.",
  ),
  leads: bank(
    "Empieza por {aspect}: con {thing} es lo que decide casi todo.|La respuesta corta es que {thing} pide primero {aspect}.|Depende de lo {kind} que esté.|Yo lo plantearía así para {thing}.|Destacan dos cosas, {aspect} y {aspect2}.|Con {count} en mente, {thing} es asumible.|Es una duda razonable y {aspect} da la pista.|En el caso de {name}, separaría {thing} y {thing2}.",
  ),
  claims: bank(
    "{aspect} suele ser algo {quality} cuando está {kind}, así que cuenta con {count} y no con {count2}.|Si {name} puede mirar {thing2} antes {day}, {aspect2} deja de ser una incógnita.|En {place} casi todos exageran con {aspect} y olvidan {aspect2}.|Con {thing2} de por medio, {aspect} resulta {quality} y los {count} quedan justos.|Ten a mano {piece}, porque {name} preguntará por {aspect}.|La cifra de {count2} me parece {quality}, aunque {count} daría más margen.|Cambiar {thing} y {thing2} a la vez oculta cuál era el problema.|En {count} días notarías algo {quality} en {aspect}.|Lo que dice {name} sobre {aspect} vale para {thing2}, menos para {thing}.|Deja {aspect2} para más adelante: ahora es {quality}.|Para {count} personas, saldría por unos {count2}.|Si {place} resulta {quality}, recurre a {thing2}.|Entre {count} y {count2} apenas cambia nada, más allá sí lo nota {aspect}.|Pide a {name2} que repita la prueba, porque {aspect} varía.",
  ),
  steps: bank(
    "Anota {aspect} con {count} medidas.|Pide a {name} {piece} antes {day}.|Aparta {thing2} y mira solo {aspect}.|Prueba una vez con {count2}.|Compara con {place}.|Escribe {piece} y que lo lea {name}.|Repite a los {count} días.|Cierra {aspect2} y vuelve a {thing}.|Acuerda {aspect2} con {name2}.",
  ),
  ends: bank(
    "Cuéntame cómo queda {aspect}.|Si {name} se opone, {aspect2} es el punto medio.|Queda {thing2}, que puede esperar.|Con {count} tienes margen.|¿Preparo también {piece}?|Lo demás es paciencia.",
  ),
  pieces: bank(
    "una nota|una lista|un correo|un plan|una guía breve|un discurso|una tabla|un esquema|una respuesta|un guion|un resumen|una carta|una reseña|unas instrucciones",
  ),
  qualities: bank(
    "frágil|barato|difícil de juzgar|sólido|previsible|lento|arriesgado|insignificante|aceptable|caro|desigual|tranquilizador|irregular|evidente",
  ),
  days: bank(
    "del lunes|del martes|del miércoles|del jueves|del viernes|del sábado|del domingo|del puente|de fin de mes|de las vacaciones|del día 12|del día 27|del verano",
  ),
  joiner: " ",
  pause: ", ",
  surname: (random) => random.pick(START) + random.pick(END),
  given: (random) => random.pick(GIVEN),
  place: (random) => random.pick(START) + random.pick(END),
  stuff: (random) => `${random.pick(STUFF)} ${random.pick(MADE_OF)}`,
  repair: (text) => text.replaceAll(" de el ", " del ").replaceAll(" a el ", " al "),
};
