/**
 * Keeps what is typed over a reload, as far as the browser has room; where it has none, nothing older comes back in
 * its place, and the work goes on.
 */
export function keepOverReload(
  name: string,
  text: string,
  store: Pick<Storage, 'setItem' | 'removeItem'> = localStorage,
): void {
  try {
    store.setItem(name, text)
  } catch {
    store.removeItem(name)
  }
}
