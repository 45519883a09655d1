/* Words for what the server writes: of gardens, weather and coasts, so that no
 * persona's rule fires by accident; people and companies are invented. */
#include "tests/llm/words.h"

#include <stddef.h>

const char *const words_nouns[] = {
    "acorn",    "anchor",    "anvil",     "apple",    "arch",      "badger",
    "bamboo",   "banjo",     "barley",    "basil",    "beacon",    "beaver",
    "beetle",   "birch",     "bison",     "blossom",  "boulder",   "bramble",
    "brook",    "bucket",    "butterfly", "cactus",   "canal",     "candle",
    "canyon",   "carrot",    "castle",    "cedar",    "chalk",     "cherry",
    "chestnut", "cliff",     "clover",    "cobble",   "comet",     "copper",
    "coral",    "cottage",   "cricket",   "crocus",   "daisy",     "dolphin",
    "donkey",   "dragonfly", "drum",      "dune",     "eagle",     "ember",
    "falcon",   "feather",   "fern",      "fiddle",   "finch",     "fjord",
    "flint",    "foxglove",  "frost",     "garnet",   "geyser",    "ginger",
    "glacier",  "goose",     "granite",   "grape",    "gull",      "hammock",
    "harbour",  "harp",      "hawk",      "hazel",    "heather",   "hedgehog",
    "heron",    "hickory",   "hill",      "honey",    "island",    "ivory",
    "ivy",      "jasmine",   "juniper",   "kayak",    "kettle",    "kite",
    "lagoon",   "lantern",   "lark",      "lavender", "lemon",     "lighthouse",
    "lilac",    "lily",      "linen",     "llama",    "lobster",   "lotus",
    "magnet",   "magpie",    "mango",     "maple",    "marble",    "marigold",
    "marsh",    "meadow",    "melon",     "mill",     "mint",      "mirror",
    "moss",     "mulberry",  "nectar",    "nest",     "nettle",    "nutmeg",
    "oak",      "oasis",     "olive",     "onion",    "orchard",   "orchid",
    "otter",    "owl",       "paddle",    "panther",  "papaya",    "parrot",
    "peach",    "pearl",     "pebble",    "pelican",  "pepper",    "pine",
    "plum",     "pond",      "poplar",    "poppy",    "prairie",   "puffin",
    "pumpkin",  "quail",     "quartz",    "quince",   "rabbit",    "raft",
    "rain",     "raven",     "reed",      "reef",     "ribbon",    "river",
    "robin",    "rocket",    "rose",      "saddle",   "saffron",   "salmon",
    "sand",     "sapphire",  "seal",      "sparrow",  "spruce",    "squirrel",
    "starling", "stream",    "swallow",   "tapestry", "teapot",    "thistle",
    "thunder",  "timber",    "tulip",     "tundra",   "turnip",    "turtle",
    "valley",   "velvet",    "violin",    "walnut",   "waterfall", "willow",
    "windmill", "wren",      "zebra",     "zinnia",   NULL};

const char *const words_adjectives[] = {
    "amber",    "ancient",  "autumn",  "azure",   "bashful",   "blue",
    "brave",    "breezy",   "bright",  "brisk",   "bronze",    "calm",
    "cheerful", "chilly",   "clever",  "cloudy",  "cosy",      "crimson",
    "curly",    "curved",   "dappled", "dim",     "distant",   "drowsy",
    "dusty",    "eager",    "faded",   "faint",   "fragrant",  "frosty",
    "fuzzy",    "gentle",   "gilded",  "glassy",  "golden",    "graceful",
    "grassy",   "green",    "grey",    "hazy",    "hidden",    "hollow",
    "humble",   "icy",      "indigo",  "jolly",   "knotted",   "lazy",
    "leafy",    "lively",   "lonely",  "lunar",   "mellow",    "misty",
    "mossy",    "muddy",    "muffled", "narrow",  "noisy",     "northern",
    "opal",     "orange",   "painted", "pale",    "patient",   "pink",
    "playful",  "polished", "proud",   "purple",  "quaint",    "quiet",
    "rainy",    "rosy",     "round",   "rustic",  "rusty",     "salty",
    "sandy",    "scarlet",  "shady",   "shiny",   "silent",    "silver",
    "sleepy",   "slender",  "smooth",  "snowy",   "soft",      "solar",
    "southern", "speckled", "spiral",  "spotted", "starry",    "steep",
    "stony",    "striped",  "sturdy",  "sunny",   "swift",     "tall",
    "tangled",  "tiny",     "twisted", "vivid",   "wandering", "western",
    "white",    "wild",     "windy",   "winter",  "wooden",    "woolly",
    "yellow",   "young",    NULL};

const char *const words_verbs[] = {
    "admires",   "adorns",    "answers",  "approaches", "arranges", "balances",
    "borrows",   "brightens", "brushes",  "calls",      "carries",  "catches",
    "chases",    "circles",   "climbs",   "collects",   "colours",  "crosses",
    "decorates", "describes", "draws",    "echoes",     "embraces", "escorts",
    "examines",  "finds",     "follows",  "gathers",    "greets",   "guards",
    "guides",    "hears",     "hides",    "holds",      "imagines", "invites",
    "joins",     "leaves",    "lifts",    "lights",     "mends",    "mentions",
    "mirrors",   "notices",   "outlines", "overlooks",  "paints",   "passes",
    "patches",   "polishes",  "praises",  "reaches",    "recalls",  "remembers",
    "repairs",   "salutes",   "scatters", "scents",     "seeks",    "shades",
    "shakes",    "shelters",  "sketches", "sorts",      "spots",    "stirs",
    "surrounds", "touches",   "trails",   "visits",     "wakes",    "warms",
    "watches",   "waters",    "weaves",   "whispers",   NULL};

const char *const words_prepositions[] = {
    "above",   "across", "against", "along",  "around", "behind",   "below",
    "beneath", "beside", "beyond",  "inside", "near",   "opposite", "outside",
    "through", "toward", "under",   "within", NULL};

const char *const words_first_names[] = {
    "Ada",     "Ahmet", "Aiko",  "Alba",  "Amara", "Anders", "Anika", "Arlo",
    "Basma",   "Bente", "Bruno", "Carla", "Chidi", "Dana",   "Dario", "Edda",
    "Elif",    "Emeka", "Enzo",  "Farah", "Finn",  "Greta",  "Hana",  "Hugo",
    "Ines",    "Ivo",   "Jonas", "Kaja",  "Kenji", "Lea",    "Leif",  "Lucia",
    "Malik",   "Mara",  "Milan", "Nadia", "Noor",  "Oskar",  "Pilar", "Priya",
    "Quentin", "Rania", "Rhys",  "Salma", "Sven",  "Tariq",  "Thea",  "Uma",
    "Viktor",  "Wanda", "Yara",  "Yusuf", "Zofia", "Zoltan", NULL};

const char *const words_last_names[] = {
    "Abara",     "Almeida",   "Bakker",    "Bergström", "Castellanos",
    "Chaudhry",  "Dimitrov",  "Dubois",    "Eriksen",   "Esposito",
    "Farkas",    "Fonseca",   "Gallagher", "Grünwald",  "Haddad",
    "Hoshino",   "Ibarra",    "Jankowski", "Kaplan",    "Karlsen",
    "Lefevre",   "Lindqvist", "Mbeki",     "Moreau",    "Nakagawa",
    "Novotny",   "Okafor",    "Olsson",    "Palmer",    "Petrescu",
    "Quintana",  "Ramaswamy", "Rosendahl", "Sandoval",  "Sørensen",
    "Takeda",    "Tembo",     "Ueda",      "Valdez",    "Vukovic",
    "Whitfield", "Xanthos",   "Yilmaz",    "Zeller",    NULL};

const char *const words_companies[] = {"Contoso",
                                       "Fabrikam",
                                       "Adventure Works",
                                       "Litware",
                                       "Northwind Traders",
                                       "Woodgrove Bank",
                                       "Proseware",
                                       "Tailspin Toys",
                                       "Wingtip Toys",
                                       "Fourth Coffee",
                                       NULL};
