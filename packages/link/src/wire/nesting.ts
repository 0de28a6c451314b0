/** Whether JSON text opens more than `depth` arrays and objects inside one another; looks at text only. */
export function isTooDeep(json: string, depth: number): boolean {
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
