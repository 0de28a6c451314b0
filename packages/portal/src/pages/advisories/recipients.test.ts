import { expect, test } from 'vitest'
import { forgetRecipients, keepRecipients, keptRecipients } from './recipients.ts'

/** What the functions use of the Web Storage interface. */
function storage(): Storage {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (place) => [...kept.keys()][place] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
    clear: () => kept.clear(),
  }
}

test('whom one chose is there again after a reload, with the lines of each, until it is saved', () => {
  const store = storage()
  const chosen = new Map([['org_1', { name: 'Bộ Ví dụ', details: ['192.0.2.1', ''] }]])
  expect(keptRecipients('advisory.new', store)).toBeUndefined()
  keepRecipients('advisory.new', chosen, store)
  expect(keptRecipients('advisory.new', store)).toEqual(chosen)
  expect(keptRecipients('advisory.adv_1', store)).toBeUndefined()
  // Sign-out forgets it with the other drafts.
  expect(store.key(0)).toMatch(/^haidang\.draft\./)
  forgetRecipients('advisory.new', store)
  expect(keptRecipients('advisory.new', store)).toBeUndefined()
})
