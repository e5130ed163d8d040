/** How a word looks and sounds to a hurried reader: alphabets are laid over each other, accents and tricks fall off. */
export const skeleton = (word: string): string =>
  word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^ -~]/gu, (sign) => LIKE.get(sign) ?? '*')

/** Cyrillic by its sound, other alphabets by their look. */
const PAIRS =
  'аa бb вv гg дd еe ёe зz иi йi кk лl мm нn оo пp рr сs тt уu фf хh цc ыy эe юu яa іi їi јj ѕs ԁd ԛq ԝw һh ґg єe ӏl ўu ҝk ҫs ᴦg ӧo ӯu ҡk αa βb γy δd εe ζz ηn θo ιi κk λl μu νv ξe οo πn ρp ςs σs τt υu φf χx ωw łl øo đd ħh ıi ŧt ßs æa œo ɡg ɢg ɑa ɩi ɪi ʟl ɫl ɭl ȷj ƽs ꜱs ᴜu ᴠv ᴏo ᴑo ʋu ʊu ɵo ƍs ǥg ɠg ƨs ʂs ɓb ĸk ŋn ɨi ɬl ʏy ᶃg ᶅl ᶊs ᶙu ꞓc ⲟo ߋo օo սu ցg ɸo ʉu ᵹg ᵾu ᵻi ᴉi ᶖi ꙅs ꝋo ꞩs ƚl ꞇt'
const LIKE = new Map(PAIRS.split(' ').map((pair) => [[...pair][0] ?? '', [...pair][1] ?? '']))
for (const [sign, letters] of Object.entries({ ж: 'zh', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ь: '' }))
  LIKE.set(sign, letters)
