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
    "el trabajo sobre la Desbandá|un comentario de texto|los apuntes de anatomía|la oposición de auxiliar|un examen de derivadas|la exposición de biología|el diario de lectura|las prácticas de química|un mapa conceptual|la redacción en inglés|el temario de derecho|unas fichas de verbos",
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
    "una consulta que tarda|el formulario de alta|un script de copias|la hoja de cálculo de gastos|el panel de ventas|una prueba intermitente|la integración del pago|un bot de avisos|el despliegue del viernes|las fechas mal leídas|una tabla duplicada|el registro de sensores",
    "los errores|los tipos|el rendimiento|las pruebas|los nombres|los permisos|los casos límite|la limpieza",
    "heredado|frágil|asíncrono|lento|mal documentado|repetido|a medias",
  ),
  domain(
    "familia",
    "un discurso de jubilación|la carta a mi hermana|el cumpleaños de la abuela|una queja al profesor|las normas de casa|la mudanza de mi hijo|un mensaje de pésame|la reunión de vecinos|el regalo de boda|una disculpa|la cena de antiguos alumnos|la entrevista de mi sobrina",
    "el tono|el momento|la primera frase|los malentendidos|los límites|la confianza|el humor|la despedida",
    "incómodo|formal|pendiente|sincero|breve|delicado|tenso",
  ),
  domain(
    "escritura",
    "un cuento de faros|la letra de una copla|el segundo capítulo|un soneto|el personaje del boticario|una obra de teatro escolar|la contraportada|un guion de radio|las memorias de mi padre|una leyenda del pueblo|el diálogo final|un poema para niños",
    "el ritmo|la voz|el final|las imágenes|el título|los diálogos|el conflicto|el narrador",
    "melancólico|recargado|cómico|lento|histórico|inacabado|oscuro",
  ),
];

const START = bank(
  "Val|Cas|Mon|Alc|Riba|Torre|Peña|Fuen|Oli|Bena|Guada|Santi|Cara|Bal|Mira|Zar|Quin|Villa|Arro|Leza|Sote|Cobe",
);
const END = bank(
  "deros|tillo|talbán|ñena|deja|blanca|cedo|vares|sol|mayor|quejo|gordo|vieja|rubia|nuevo|dilla|hermosa|lejos|zuela|mar",
);
const GIVEN = bank(
  "Amparo|Benito|Candela|Darío|Elvira|Fermín|Gloria|Hilario|Inés|Jacinto|Leonor|Martín|Nieves|Octavio|Pilar|Quique|Rosaura|Saúl|Telma|Ulises|Violeta|Ximena|Yago|Zoe|Bruno|Casilda|Donato|Eulalia",
);

/** Spanish. */
export const spanish: Language = {
  code: "es",
  domains: DOMAINS,
  openers: bank(
    "Hola,|Buenas,|Buenos días,|Una duda:|Perdona,|Oye,|A ver,|Buenas tardes,|Hola otra vez,|Pregunta rápida:|Vuelvo con lo de ayer:|Saludos,|Mira,|Otra cosa:",
  ),
  asks: bank(
    "¿puedes {task}?|necesito {task}.|¿cómo harías para {task}?|ayúdame a {task}.|tengo que {task} antes {day}.|¿merece la pena {task}?|quiero {task} y no sé por dónde empezar.|{name} me ha pedido {task}.|¿qué pasos sigo para {task}?|llevo días intentando {task}.|explícame cómo {task}.|¿tiene sentido {task} ahora?|me toca {task} en {place}.|he prometido a {name} {task}.|¿se puede {task} sin ayuda?|voy a {task}, ¿qué se me escapa?",
  ),
  tasks: bank(
    "resolver {aspect} con {thing}|comparar {thing} con {thing2}|escribir {piece} sobre {thing}|organizar {thing} según {aspect}|entender por qué {thing} ha salido {kind}|decidir entre {thing} y {thing2}|explicar {aspect} a {name}|mejorar {aspect} para {thing}|preparar {piece} para {name}|calcular {aspect} con {count} personas|resumir lo que sé sobre {thing}|revisar {aspect} y {aspect2}|convertir mis notas sobre {thing} en {piece}|buscar {count} ideas para {thing}|arreglar {aspect} sin tocar {thing2}|presentar {thing} en {place}",
  ),
  facts: bank(
    "Tiene unos {count} años y está {kind}.|{name}, de {place}, dice que importa más {aspect}.|Lo hemos intentado {count} veces.|El tope son {count2} euros.|Todo empezó cuando {name} miró {thing2}.|Vivo cerca de {place}.|Somos {count}, contando a {name} y {name2}.|La otra vez {thing2} salió {kind}.|Mide {count} por {count2}.|{name} cree que me equivoco con {aspect}.|Ya tengo {piece} de {name}, pero falta {aspect}.|Debe encajar con {thing2}.|Lo que me preocupa es {aspect}, y después {aspect2}.|En {place} me pidieron {count2}.|{name2} lo verá antes {day}.|Puedo dedicarle {count} horas.|En {place} lo hacen de otra manera.",
  ),
  limits: bank(
    "En menos de {count} palabras.|Sin listas, por favor.|Con palabras sencillas, {name} no sabe del tema.|Dame {count} opciones.|Sé directo.|Con un ejemplo.|Paso a paso.|Menciona también {aspect}.|Nada sobre {thing2}.|Pregúntame si algo no queda claro.|Algo que pueda mandar a {name}.|En una tabla, si puedes.|Me vale con cifras aproximadas.|Dos párrafos como mucho.",
  ),
  followups: bank(
    "¿Y {aspect}?|¿Qué cambia si {thing} está {kind}?|{name} no está de acuerdo con {aspect}.|Hazlo más corto y añade {aspect}.|Ahora lo mismo con {thing2}.|No entiendo lo de {aspect}.|Vale, pero solo tenemos {count}.|¿Qué va primero?|Adáptalo a {place}.|Dijiste que primero {aspect}, ¿por qué?|Cambia el segundo punto, a {name} no le va a gustar.|Pásalo a {piece}.|¿Y si fueran {count2}?|Quita {aspect} y deja lo demás.|Lo probé y {aspect2} fue a peor.|¿Podría hacerlo {name2} sin {thing2}?",
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
    "una nota|una lista|un correo|un plan de una página|una guía breve|un discurso|una tabla|un esquema|una respuesta|un guion|un resumen|una carta|una reseña|unas instrucciones",
  ),
  qualities: bank(
    "frágil|barato|difícil de juzgar|sólido|previsible|lento|arriesgado|insignificante|aceptable|caro|desigual|tranquilizador|irregular|evidente",
  ),
  days: bank(
    "del lunes|del martes|del miércoles|del jueves|del viernes|del sábado|del domingo|del puente|de fin de mes|de las vacaciones|del día 12|del día 27|del verano",
  ),
  joiner: " ",
  surname: (random) => random.pick(START) + random.pick(END),
  given: (random) => random.pick(GIVEN),
  place: (random) => random.pick(START) + random.pick(END),
  repair: (text) => text.replaceAll(" de el ", " del ").replaceAll(" a el ", " al "),
};
