const severities: ReadonlyMap<string, number> = new Map([
  ['debug', 1],
  ['info', 1],
  ['information', 1],
  ['informational', 1],
  ['notice', 2],
  ['low', 2],
  ['warn', 3],
  ['warning', 3],
  ['medium', 3],
  ['elevated', 3],
  ['error', 4],
  ['err', 4],
  ['high', 4],
  ['very-high', 5],
  ['crit', 5],
  ['critical', 5],
  ['alert', 5],
  ['emerg', 6],
  ['emergency', 6],
  ['fatal', 6],
])

/** OCSF severity of a word that grades a record, whatever its case; undefined if it is none of the usual ones. */
export function severityOfWord(word: string | undefined): number | undefined {
  return severities.get(word?.toLowerCase() ?? '')
}
