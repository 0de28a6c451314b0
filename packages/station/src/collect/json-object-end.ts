const [quote, backslash, open, close, openList, closeList] = Buffer.from('"\\{}[]')

/** Where the JSON object that starts here ends; undefined: none starts here, or it does not end. Linear. */
export function endOfObject(body: Buffer, from: number): number | undefined {
  if (body[from] !== open) return undefined
  let depth = 0
  for (let at = from; at < body.length; at++) {
    const byte = body[at]
    if (byte === quote) at = endOfString(body, at)
    else if (byte === open || byte === openList) depth++
    else if ((byte === close || byte === closeList) && --depth === 0) return at + 1
  }
  return undefined
}

/** Where the quote lies that ends the string that starts here; past the end if it does not end. */
function endOfString(body: Buffer, from: number): number {
  for (let at = from + 1; at < body.length; at++) {
    if (body[at] === backslash) at++
    else if (body[at] === quote) return at
  }
  return body.length
}
