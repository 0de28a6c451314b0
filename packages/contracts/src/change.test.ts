import { expect, test } from 'vitest'
import { z } from 'zod'
import { changeOf } from './change.ts'

const Draft = z.object({ name: z.string(), tags: z.array(z.string()).default([]) })

test('a change leaves out what nobody named, defaults too', () => {
  expect(changeOf(Draft).parse({ name: 'a' })).toEqual({ name: 'a' })
})

test('a named field is still checked', () => {
  expect(changeOf(Draft).safeParse({ tags: 'x' }).success).toBe(false)
})
