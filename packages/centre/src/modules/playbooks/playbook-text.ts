import type { Language } from '@haidang/contracts/person'
import { mostPlaybookLetters, type PlaybookContent } from '@haidang/contracts/playbook'
import { disorderOf } from '@haidang/contracts/task-template'
import { Problem } from '@haidang/runtime/problem'

type Fault = Problem['errors'][number]

const words = {
  vi: {
    twice: 'mã này đã dùng cho việc ở trên',
    'twice-remedy': 'Đặt mã khác',
    'not-above': 'không có việc này ở phía trên',
    'not-above-remedy': 'Bỏ việc phải làm trước này, hoặc đưa nó lên trên',
    'too-long': `Phương án dài hơn ${mostPlaybookLetters} ký tự`,
    'too-long-remedy': 'Rút gọn hoặc tách thành hai phương án',
  },
  en: {
    twice: 'a task above has this id',
    'twice-remedy': 'Give it another id',
    'not-above': 'no such task stands above it',
    'not-above-remedy': 'Take this dependency away, or move that task up',
    'too-long': `The playbook is longer than ${mostPlaybookLetters} letters`,
    'too-long-remedy': 'Shorten it, or make it two playbooks',
  },
} as const

/** What is wrong with a playbook that its shape does not tell: field, cause and remedy. */
export function faultsOf(content: PlaybookContent, language: Language, at = ''): Fault[] {
  const said = words[language]
  if (JSON.stringify(content).length > mostPlaybookLetters) {
    return [{ field: `${at}tasks`, cause: said['too-long'], remedy: said['too-long-remedy'] }]
  }
  return disorderOf(content.tasks).map(({ place, wrong, needed }) => ({
    field: `${at}tasks.${place}.${wrong === 'twice' ? 'id' : 'depends_on'}`,
    cause: `${needed}: ${said[wrong]}`,
    remedy: said[`${wrong}-remedy`],
  }))
}

/** Throws Problem playbook.invalid with what is wrong, by field. */
export function requireRight(content: PlaybookContent, language: Language): void {
  const faults = faultsOf(content, language)
  if (faults.length > 0) throw refusal('playbook.invalid', faults)
}

/** The refusal that names these faults, twenty at most. */
export function refusal(
  code: 'playbook.invalid' | 'playbook.unreadable',
  faults: readonly Fault[],
): Problem {
  return new Problem(code, undefined, faults.slice(0, 20))
}
