const [quote, backslash, open, close, colon] = Array.from('"\\{}:', (each) => each.charCodeAt(0))

/**
 * Whether an object of a JSON text has more names than so many, repeated ones counted: told without building any.
 * Of what is no JSON it answers something. Linear.
 */
export function hasMoreNames(text: string, most: number): boolean {
  const outer: number[] = []
  let names = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === colon && ++names > most) return true
    else if (code === open) {
      outer.push(names)
      names = 0
    } else if (code === close) names = outer.pop() ?? 0
  }
  return false
}

/** Where the quote lies that ends the string that starts here; past the end if it does not end. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) at++
    else if (code === quote) return at
  }
  return text.length
}
