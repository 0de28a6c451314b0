import { expect, test } from 'vitest'
import { newSigmaId, pathOf, startingText } from './new-rule.ts'

test('a rule is filed under its title, without marks', () => {
  expect(pathOf('title: Đăng nhập lạ (SSH)\nid: x')).toBe('dang-nhap-la-ssh.yml')
})

test('a rule without a usable title still gets a file name', () => {
  expect(pathOf(startingText('x'))).toBe('rule.yml')
  expect(pathOf('title: "../.."')).toBe('rule.yml')
})

test('a new rule gets an id of its own, a UUID of version 4', () => {
  const ids = Array.from({ length: 50 }, newSigmaId)
  expect(new Set(ids).size).toBe(50)
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})
