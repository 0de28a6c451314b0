import { durationMilliseconds } from '@haidang/contracts/duration'
import type { PlaybookContent } from '@haidang/contracts/playbook'
import { ResponsePhase, type TemplateTask } from '@haidang/contracts/task-template'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'

/** What a playbook has people do, phase by phase. */
export function PlaybookTasks({ content: { tasks } }: { content: PlaybookContent }) {
  const { t } = useLingui()
  const { label } = useWords()
  const places = new Map(tasks.map(({ id }, n) => [id, n + 1]))
  const phases = [...ResponsePhase.options, undefined]
    .map((phase) => ({ phase, of: tasks.filter((task) => task.phase === phase) }))
    .filter(({ of }) => of.length > 0)
  return phases.map(({ phase, of }) => (
    <div key={phase ?? ''}>
      {phases.length > 1 || phase ? (
        <h3 className="pt-3 font-semibold text-12 text-ink-2 uppercase">
          {phase ? label('responsePhase', phase) : t`Không theo giai đoạn`}
        </h3>
      ) : null}
      <ol className="divide-y divide-line">
        {of.map((task) => (
          <TaskLine key={task.id} task={task} places={places} />
        ))}
      </ol>
    </div>
  ))
}

interface TaskLineProps {
  readonly task: TemplateTask
  /** Numbers of all tasks by id. */
  readonly places: ReadonlyMap<string, number>
}

function TaskLine({ task, places }: TaskLineProps) {
  const { t } = useLingui()
  const { language, duration } = useWords()
  const { id, title, details, due, clause, checklist, depends_on } = task
  const needs = depends_on.map((each) => places.get(each) ?? '?').join(', ')
  return (
    <li className="flex gap-3 py-2">
      <span className="w-6 shrink-0 text-right text-ink-3 tabular-nums">{places.get(id)}.</span>
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">{title[language]}</p>
        {details ? (
          <p className="max-w-[70ch] whitespace-pre-wrap break-words text-13 text-ink-2">
            {details[language]}
          </p>
        ) : null}
        {checklist.length > 0 ? (
          <ul className="pt-1 text-13">
            {checklist.map((line, n) => (
              <li key={n} className="break-words">
                ☐ {line[language]}
              </li>
            ))}
          </ul>
        ) : null}
        <p className="flex flex-wrap gap-x-3 text-12 text-ink-3">
          {due ? <span>{t`Trong ${duration(durationMilliseconds(due) / 1000)}`}</span> : null}
          {needs ? <span>{t`Sau việc ${needs}`}</span> : null}
          {clause ? <span>{clause}</span> : null}
        </p>
      </div>
    </li>
  )
}
