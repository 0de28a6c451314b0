const tones = /[\u0300\u0301\u0303\u0309\u0323]/g
const onsets = 'b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|qu|p|r|s|th|tr|t|v|x'
const openRhymes =
  'a|ai|ao|au|ay|am|an|ang|anh|ăm|ăn|ăng|âm|ân|âng|âu|ây|e|em|en|eng|eo|ê|êm|ên|ênh|êu|i|ia|im|in|inh|iu|iêm|iên|iêng|iêu|' +
  'o|oa|oai|oan|oang|oanh|oao|oay|oăn|oăng|oe|oen|oeo|oi|om|on|ong|oong|ô|ôi|ôm|ôn|ông|ơ|ơi|ơm|ơn|' +
  'u|ua|ui|um|un|ung|uâ|uân|uâng|uây|uê|uênh|uôi|uôm|uôn|uông|uơ|uy|uya|uyên|uynh|uyn|uyu|ư|ưa|ưi|ưng|ưu|ươi|ươm|ươn|ương|ươu|' +
  'y|ynh|yêm|yên|yêng|yêu|êng|ưm|ưn'
const stoppedRhymes =
  'ac|ach|ap|at|ăc|ăp|ăt|âc|âp|ât|ec|ep|et|êch|êp|êt|ich|ip|it|iêc|iêp|iêt|oac|oach|oap|oat|oăc|oăt|oet|oc|op|ot|ôc|ôp|ôt|ơp|ơt|' +
  'uc|up|ut|uât|uôc|uôt|uêch|uych|uyt|uyêt|ưc|ưt|ươc|ươp|ươt|yêt|yt|ych|ooc|ơc|ưp'
const openSyllable = new RegExp(`^(?:${onsets})?(?:${openRhymes})$`)
const stoppedSyllable = new RegExp(`^(?:${onsets})?(?:${stoppedRhymes})$`)
const longestSyllable = 7

/** Whether a word could be a syllable of Vietnamese: how its letters and its one tone may stand together. */
export function isSyllable(word: string): boolean {
  if (word.length > longestSyllable) return false
  const apart = word.toLowerCase().normalize('NFD')
  const found = apart.match(tones) ?? []
  if (found.length > 1) return false
  const plain = apart.replace(tones, '').normalize('NFC')
  if (openSyllable.test(plain)) return true
  const isStoppedTone = found.length === 0 || found[0] === '\u0301' || found[0] === '\u0323'
  return isStoppedTone && stoppedSyllable.test(plain)
}

/** Words of a text with letters beyond ASCII: how many there are, and how many could be Vietnamese. */
export function vietnameseWords(text: string): {
  readonly words: number
  readonly fitting: number
} {
  let words = 0
  let fitting = 0
  for (const [word] of text.matchAll(/[\p{L}\p{M}\u00a0-\u00ff]{1,64}/gu)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
    if (/^[\x00-\x7f]+$/.test(word)) continue
    words++
    if (isSyllable(word)) fitting++
  }
  return { words, fitting }
}
