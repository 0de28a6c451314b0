import { expect, test } from 'vitest'
import { sampleSubject } from '../sample-event.ts'
import { readingOf } from '../sigma/reading.ts'
import { compileRules } from '../sigma/rule-set.ts'
import { RuleMatcher } from './rule-matcher.ts'

test('a rule known by what every record has is known by its keywords once records were seen', () => {
  const logsource = { category: 'webserver' }
  const detection = {
    method: { 'cs-method': 'GET' },
    keywords: ['={{', '=${', '=<%=', 'freemarker.template.utility.Execute'],
    condition: 'all of them',
  }
  const text = JSON.stringify({ title: 'Chèn mẫu', logsource, detection })
  const set = compileRules([{ path: 'a.yml', text }])
  let checks = 0
  const rules = set.rules.map((rule) => ({
    ...rule,
    check: (view: Parameters<typeof rule.check>[0]) => {
      checks += 1
      return rule.check(view)
    },
  }))
  const matcher = new RuleMatcher({ ...set, rules })
  const fires = (query: string) => {
    const record = { 'cs-method': 'GET', 'cs-uri-query': query }
    return matcher.match(readingOf(sampleSubject(record, { logsource }))).length > 0
  }
  for (let i = 0; i < 2_048; i++) expect(fires(`/a?id=${i}`)).toBe(false)
  expect(checks).toBe(2_048)
  for (let i = 0; i < 100; i++) expect(fires(`/a?id=${i}`)).toBe(false)
  expect(checks).toBe(2_048)
  expect(fires('/a?name={{7*7}}')).toBe(true)
})
