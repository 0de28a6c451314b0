import { expect, test } from 'vitest'
import { pathOf, startingText } from './new-rule.ts'

test('a rule is filed under its title, without marks', () => {
  expect(pathOf('title: Đăng nhập lạ (SSH)\nid: x')).toBe('dang-nhap-la-ssh.yml')
})

test('a rule without a usable title still gets a file name', () => {
  expect(pathOf(startingText('x'))).toBe('rule.yml')
  expect(pathOf('title: "../.."')).toBe('rule.yml')
})
