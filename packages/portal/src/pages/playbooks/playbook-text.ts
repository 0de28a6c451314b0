import type { Language } from '@haidang/contracts/person'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import type { ResponsePhase } from '@haidang/contracts/task-template'

interface LineNames {
  readonly types: string
  readonly due: string
  readonly source: string
  readonly needs: string
  readonly phase: (phase: ResponsePhase) => string
  readonly type: (type: string) => string
}

/** A playbook line by line, so that two versions can be laid side by side. */
export function playbookLines(
  { name, types, tasks }: PlaybookContent,
  language: Language,
  names: LineNames,
): string {
  const titles = new Map(tasks.map(({ id, title }) => [id, title[language]]))
  const lines = tasks.flatMap(({ title, details, phase, due, clause, checklist, depends_on }) => [
    '',
    title[language],
    ...(phase ? [`  ${names.phase(phase)}`] : []),
    ...(details?.[language].split('\n').map((line) => `  ${line}`) ?? []),
    ...(due ? [`  ${names.due}: ${due}`] : []),
    ...(clause ? [`  ${names.source}: ${clause}`] : []),
    ...(depends_on.length > 0
      ? [`  ${names.needs}: ${depends_on.map((id) => titles.get(id) ?? id).join('; ')}`]
      : []),
    ...checklist.map((line) => `  ☐ ${line[language]}`),
  ])
  const kinds = types.map(names.type).join(', ')
  return [name[language], ...(kinds ? [`${names.types}: ${kinds}`] : []), ...lines].join('\n')
}
