import { expect, test } from 'vitest'
import { keepOverReload } from './over-reload.ts'

test('a browser without room keeps nothing, also nothing older, and does not stop the work', () => {
  const kept = new Map<string, string>()
  const store = {
    setItem: (name: string, text: string) => {
      if (text.length > 5) throw new Error('QuotaExceededError')
      kept.set(name, text)
    },
    removeItem: (name: string) => void kept.delete(name),
  }
  keepOverReload('draft', 'ngắn', store)
  expect(kept.get('draft')).toBe('ngắn')
  keepOverReload('draft', 'dài quá', store)
  expect(kept.has('draft')).toBe(false)
})
