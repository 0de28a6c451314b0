const holder = 'haidang.holder'
/** What a person types or opens is kept under these names; language, theme and the like stay with the browser. */
const personal = ['haidang.draft.', 'haidang.recent']

/** Takes away what one person's work left in this browser: at sign-out, also where the node does not answer. */
export function forgetWork(store: Storage): void {
  const names = Array.from({ length: store.length }, (_, place) => store.key(place) ?? '')
  for (const name of names) {
    if (personal.some((prefix) => name.startsWith(prefix))) store.removeItem(name)
  }
  store.removeItem(holder)
}

/**
 * Says who works in this browser now. Where it was somebody else, whose session ended by itself, their work is
 * forgotten, and the answer is true.
 */
export function holdFor(store: Storage, personId: string): boolean {
  const last = store.getItem(holder)
  if (last === personId) return false
  if (last !== null) forgetWork(store)
  store.setItem(holder, personId)
  return last !== null
}
