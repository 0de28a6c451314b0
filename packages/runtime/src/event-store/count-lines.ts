/** How many lines that are not empty there are. */
export function countLines(bytes: Uint8Array): number {
  let count = 0
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(10, start)
    if (end !== start) count += 1
    if (end < 0) break
    start = end + 1
  }
  return count
}
