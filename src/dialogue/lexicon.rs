//! The words of English that carry a wish. Folded: lower case, no apostrophes.

/// Words for a genre beside its own name.
pub(super) const GENRES: &[(&str, &str)] = &[
    ("animated", "Animation"),
    ("cartoon", "Animation"),
    ("cartoons", "Animation"),
    ("comedies", "Comedy"),
    ("funny", "Comedy"),
    ("crime", "Crime"),
    ("gangster", "Crime"),
    ("docs", "Documentary"),
    ("documentaries", "Documentary"),
    ("dramas", "Drama"),
    ("family", "Children"),
    ("kids", "Children"),
    ("film noir", "Film-Noir"),
    ("noir", "Film-Noir"),
    ("horrors", "Horror"),
    ("horror", "Horror"),
    ("scary", "Horror"),
    ("musicals", "Musical"),
    ("mysteries", "Mystery"),
    ("whodunit", "Mystery"),
    ("romantic", "Romance"),
    ("romcom", "Romance"),
    ("love story", "Romance"),
    ("sci fi", "Sci-Fi"),
    ("scifi", "Sci-Fi"),
    ("science fiction", "Sci-Fi"),
    ("thrillers", "Thriller"),
    ("westerns", "Western"),
];

/// Words for a tag beside its own name.
pub(super) const TAGS: &[(&str, &str)] = &[
    ("ai", "artificial intelligence"),
    ("bank robbery", "heist"),
    ("female lead", "strong female lead"),
    ("mind bending", "mindfuck"),
    ("robbery", "heist"),
    ("spaceship", "space"),
    ("spooky", "creepy"),
    ("superheroes", "superhero"),
    ("twist", "twist ending"),
    ("zombie", "zombies"),
];

/// What follows is not wanted, up to the end of the clause.
pub(super) const NEGATIONS: &[&str] = &[
    "no", "not", "dont", "doesnt", "didnt", "wasnt", "isnt", "without", "except", "nothing",
    "never", "hate", "hated", "dislike", "disliked", "avoid", "less", "neither", "nor", "cant",
    "wouldnt", "stop", "havent", "hasnt", "hadnt", "arent", "werent",
];
/// What follows is wanted again.
pub(super) const TURNS: &[&str] =
    &["but", "instead", "rather", "only", "just", "however", "although", "prefer", "more", "want"];

pub(super) const SEEN: &[&str] = &[
    "seen it",
    "saw it",
    "seen that",
    "seen those",
    "seen them",
    "watched it",
    "watched that",
    "already seen",
    "know it",
    "know that one",
    "seen all",
];
pub(super) const REJECTIONS: &[&str] = &[
    "not that one",
    "not this one",
    "not those",
    "not these",
    "not that",
    "none of",
    "something else",
    "another one",
    "anything else",
    "what else",
    "others",
    "different ones",
    "next",
    "other suggestions",
];
pub(super) const FRESH_STARTS: &[&str] = &[
    "start over",
    "start again",
    "forget that",
    "forget it",
    "forget all",
    "new topic",
    "something completely different",
    "change of topic",
    "reset",
    "never mind",
];
pub(super) const WHYS: &[&str] = &["why", "how come", "explain", "what makes you", "reason"];
pub(super) const ASKS: &[&str] = &[
    "recommend",
    "suggest",
    "looking for",
    "want",
    "need",
    "show me",
    "give me",
    "find me",
    "any good",
    "mood for",
    "should i watch",
    "something",
];
pub(super) const CHATS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "thanks",
    "thank you",
    "bye",
    "goodbye",
    "good morning",
    "good evening",
    "how are you",
    "who are you",
    "cool",
    "great",
    "ok",
    "okay",
];
pub(super) const LIKINGS: &[&str] = &[
    "like",
    "liked",
    "love",
    "loved",
    "enjoy",
    "enjoyed",
    "favorite",
    "favourite",
    "similar",
    "watched",
    "saw",
    "seen",
    "adore",
    "than",
    "called",
];
pub(super) const OLDER: &[&str] = &["older", "old", "classic", "classics", "vintage"];
pub(super) const NEWER: &[&str] = &["newer", "new", "recent", "modern", "contemporary"];
pub(super) const BEFORE: &[&str] = &["before", "until", "till", "up to"];
pub(super) const AFTER: &[&str] = &["after", "since", "from", "past"];
/// A decade's name, and the year it begins with.
pub(super) const DECADES: &[(&str, u16)] = &[
    ("twenties", 1920),
    ("thirties", 1930),
    ("forties", 1940),
    ("fifties", 1950),
    ("sixties", 1960),
    ("seventies", 1970),
    ("eighties", 1980),
    ("nineties", 1990),
    ("noughties", 2000),
];

/// Questions about one film, and what they ask for.
pub(super) const QUESTIONS: &[(&str, super::Field)] = &[
    ("who directed", super::Field::Directors),
    ("director of", super::Field::Directors),
    ("who made", super::Field::Directors),
    ("who is in", super::Field::Cast),
    ("whos in", super::Field::Cast),
    ("who stars", super::Field::Cast),
    ("who plays", super::Field::Cast),
    ("who acts", super::Field::Cast),
    ("cast of", super::Field::Cast),
    ("when was", super::Field::Year),
    ("when did", super::Field::Year),
    ("what year", super::Field::Year),
    ("how old is", super::Field::Year),
    ("what genre", super::Field::Genres),
    ("what kind of", super::Field::Genres),
    ("what is", super::Field::Tags),
    ("whats", super::Field::Tags),
    ("tell me about", super::Field::Tags),
    ("where is", super::Field::Country),
    ("what country", super::Field::Country),
    ("how long", super::Field::Unknown),
    ("runtime", super::Field::Unknown),
    ("where can i watch", super::Field::Unknown),
    ("plot of", super::Field::Unknown),
];

/// Titles of one such word are only meant where they are marked as a title.
pub(super) const COMMON: &[&str] = &[
    "a", "about", "after", "all", "am", "an", "and", "any", "are", "as", "at", "be", "big", "but",
    "by", "can", "dad", "did", "do", "fan", "film", "for", "from", "funny", "go", "good", "great",
    "had", "happy", "have", "he", "heat", "her", "him", "his", "home", "how", "i", "if", "im",
    "in", "is", "it", "its", "just", "kids", "life", "like", "love", "man", "me", "mother",
    "movie", "my", "new", "next", "no", "not", "now", "of", "off", "old", "on", "once", "one",
    "or", "other", "out", "over", "please", "room", "she", "show", "signs", "so", "some", "speed",
    "ted", "thanks", "that", "the", "them", "they", "this", "to", "too", "up", "us", "was", "way",
    "we", "what", "when", "who", "why", "will", "with", "you", "your", "yes", "hello", "hi", "hey",
    "top", "best", "first", "last", "time", "night", "day", "people", "rock", "stars", "star",
    "war",
];
