/** Whether JSON text opens more than `depth` arrays and objects inside one another; looks at text only. */
export function isTooDeep(json: string, depth: number): boolean {
  if (!hasMoreBrackets(json, depth)) return false
  let open = 0
  for (let i = 0; i < json.length; i++) {
    const letter = json[i]
    if (letter === '"') i = endOfString(json, i)
    else if (letter === '[' || letter === '{') open++
    else if (letter === ']' || letter === '}') open--
    if (open > depth) return true
  }
  return false
}

/** Levels no JSON of ours or of a sender needs. */
const deepest = 256

/**
 * `JSON.parse` for text from elsewhere: V8 14.6 (Node 26) overwrites its own memory on text that opens
 * thousands of objects and does not close them. Throws SyntaxError, also for more than 256 levels.
 */
export function parseForeignJson(text: string): unknown {
  if (isTooDeep(text, deepest)) throw new SyntaxError(`nested deeper than ${deepest} levels`)
  return JSON.parse(text)
}

/** Quick, and true of few texts. */
function hasMoreBrackets(json: string, most: number): boolean {
  let brackets = 0
  for (const bracket of '{[') {
    for (let at = json.indexOf(bracket); at >= 0; at = json.indexOf(bracket, at + 1)) {
      brackets += 1
      if (brackets > most) return true
    }
  }
  return false
}

/** Position of the quote that closes the string opened at `start`; the end of the text where none does. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end === -1 ? json.length : end
}

function isEscaped(json: string, at: number): boolean {
  let slashes = 0
  while (json[at - 1 - slashes] === '\\') slashes++
  return slashes % 2 === 1
}
