import { expect, test } from 'vitest'
import { forgetWork, holdFor } from './left-behind.ts'

/** What the two functions use of the Web Storage interface. */
function storage(given: Readonly<Record<string, string>>): Storage {
  const kept = new Map(Object.entries(given))
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

const names = (store: Storage) =>
  Array.from({ length: store.length }, (_, place) => store.key(place))

const work = {
  'haidang.theme': 'dark',
  'haidang.draft.incident': '[["title","TLP:RED"]]',
  'haidang.recent': '[]',
  'haidang.draft.order': '[]',
}

test('signing out leaves nothing of what one typed or opened, and keeps what is the browser’s', () => {
  const store = storage({ ...work, 'haidang.holder': 'usr_a' })
  forgetWork(store)
  expect(names(store)).toEqual(['haidang.theme'])
})

test('the next person on the same browser does not find the drafts of the last, who finds them again', () => {
  const store = storage(work)
  holdFor(store, 'usr_a')
  expect(names(store)).toContain('haidang.draft.incident')
  holdFor(store, 'usr_a')
  expect(names(store)).toContain('haidang.draft.incident')
  holdFor(store, 'usr_b')
  expect(names(store)).toEqual(['haidang.theme', 'haidang.holder'])
})
