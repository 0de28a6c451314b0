import { IncidentType } from '@haidang/contracts/incident'
import { PlaybookContent } from '@haidang/contracts/playbook'
import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useRefusal } from '../../api/refusal-text.ts'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input } from '../../components/field.tsx'
import { type Errors, errorsOf, noErrors, useIssues } from '../../components/form.ts'
import { keepOverReload } from '../../components/over-reload.ts'
import { gutter } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'
import { cn } from '../../theme/cn.ts'
import {
  contentOf,
  moved,
  newTask,
  type PlaybookFields,
  type TaskFields,
  without,
  withoutEcho,
} from './playbook-form.ts'
import { TaskCard } from './task-card.tsx'

interface EditorProps {
  /** Under which the browser keeps what is typed. */
  readonly kept: string
  readonly fields: PlaybookFields
  readonly saving: { readonly isPending: boolean; readonly error: unknown }
  readonly onSave: (content: PlaybookContent, forget: () => void) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Everything a playbook says, in one form. */
export function PlaybookEditor(props: EditorProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { saving } = props
  const refusal = useRefusal()('playbook.manage')
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const { fields, change, forget, isKept } = useKept(props.kept, props.fields)
  const { tasks } = fields
  const { status, move, focus } = useMoves(tasks, (next) => change({ tasks: next }))
  const send = () => {
    const parsed = PlaybookContent.safeParse(contentOf(fields))
    setWrong(withoutEcho(issues(parsed)))
    if (parsed.success) props.onSave(parsed.data, forget)
  }
  const names = useFieldNames(tasks)
  const errors = { ...wrong, ...errorsOf(saving.error) }
  const set = (place: number, next: Partial<TaskFields>) =>
    change({ tasks: tasks.map((task, n) => (n === place ? { ...task, ...next } : task)) })
  const add = () => {
    const task = newTask(tasks)
    change({ tasks: [...tasks, task] })
    focus(`${task.id}-title`)
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      className={cn('flex max-w-4xl flex-col gap-6 py-5 pb-24', gutter)}
    >
      <ErrorSummary errors={errors} error={saving.error} names={names} />
      {isKept ? (
        <p className="flex flex-wrap items-center gap-3 text-13 text-medium">
          {t`Đây là phần bạn soạn lần trước, chưa lưu.`}
          <Button size="small" onClick={forget}>{t`Bỏ phần chưa lưu`}</Button>
        </p>
      ) : null}
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t`Tên phương án`} error={errors['name.vi']}>
          <Input
            name="name.vi"
            maxLength={300}
            value={fields.name}
            onChange={({ target }) => change({ name: target.value })}
          />
        </Field>
        <Field label={t`Tên tiếng Anh`} optional={t`để trống thì dùng tiếng Việt`}>
          <Input
            name="name.en"
            maxLength={300}
            value={fields.nameEn}
            onChange={({ target }) => change({ nameEn: target.value })}
          />
        </Field>
        <fieldset className="sm:col-span-2">
          <legend className="pb-1 font-medium text-13">
            {t`Dùng cho loại sự cố`}
            <span className="ml-2 font-normal text-12 text-ink-3">{t`không chọn: mọi loại`}</span>
          </legend>
          <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-3">
            {IncidentType.options.map((type) => (
              <Check
                key={type}
                name="types"
                checked={fields.types.includes(type)}
                onChange={({ target }) =>
                  change({
                    types: IncidentType.options.filter((each) =>
                      each === type ? target.checked : fields.types.includes(each),
                    ),
                  })
                }
              >
                {label('incidentType', type)}
              </Check>
            ))}
          </div>
        </fieldset>
      </div>
      <p role="status" className="sr-only">
        {status}
      </p>
      <ol className="flex flex-col gap-4">
        {tasks.map((task, place) => (
          <TaskCard
            key={task.id}
            place={place}
            tasks={tasks}
            errors={errors}
            onChange={(next) => set(place, next)}
            onMove={(by) => move(place, by)}
            onRemove={
              tasks.length > 1 ? () => change({ tasks: without(tasks, task.id) }) : undefined
            }
          />
        ))}
      </ol>
      {tasks.length < 100 ? (
        <Button look="plain" className="self-start" onClick={add}>{t`Thêm việc`}</Button>
      ) : null}
      <Acts className="border-t">
        <Button
          look="primary"
          size="large"
          type="submit"
          busy={saving.isPending}
          refusal={refusal}
        >{t`Lưu bản nháp`}</Button>
        {props.children}
        <Button look="quiet" size="large" onClick={props.onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}

/** Fields as typed, kept by the browser until they are saved or thrown away. */
function useKept(kept: string, first: PlaybookFields) {
  const name = `haidang.draft.playbook.${kept}`
  const [initial] = useState(first)
  const [found] = useState(() => JSON.parse(localStorage.getItem(name) ?? 'null') as unknown)
  const [isKept, setKept] = useState(found !== null)
  const [fields, setFields] = useState(() => (found as PlaybookFields | null) ?? initial)
  return {
    fields,
    isKept,
    change: (next: Partial<PlaybookFields>) => {
      const all = { ...fields, ...next }
      setFields(all)
      keepOverReload(name, JSON.stringify(all))
    },
    forget: () => {
      localStorage.removeItem(name)
      setFields(initial)
      setKept(false)
    },
  }
}

const nowhere = { id: '', at: null }

/** Tasks change places by button or key; the focus goes with them, and what happened is said. */
function useMoves(tasks: readonly TaskFields[], onChange: (tasks: readonly TaskFields[]) => void) {
  const { t } = useLingui()
  const [status, setStatus] = useState('')
  const wanted = useRef<{ id: string; at: number | null }>(nowhere)
  // After every drawing: an element that changed its place has lost the focus by then.
  useEffect(() => {
    const { id, at } = wanted.current
    wanted.current = nowhere
    const control = id ? document.querySelector<HTMLElement>(`[data-part="${id}"]`) : null
    control?.focus()
    if (at !== null && control instanceof HTMLInputElement) control.setSelectionRange(at, at)
  })
  return {
    status,
    focus: (id: string) => {
      wanted.current = { id, at: null }
    },
    move: (place: number, by: -1 | 1) => {
      const next = moved(tasks, place, by)
      const task = tasks[place]
      if (next === tasks || !task) return
      const held = document.activeElement
      const at = held instanceof HTMLInputElement && held.type === 'text' ? held.selectionEnd : null
      const id = held instanceof HTMLElement ? (held.dataset['part'] ?? '') : ''
      wanted.current = { id, at }
      setStatus(t`${task.title}: vị trí ${place + by + 1} trên ${tasks.length}`)
      onChange(next)
    },
  }
}

/** What the fields are called where something is wrong with them. */
function useFieldNames(tasks: readonly TaskFields[]): Readonly<Record<string, string>> {
  const { t } = useLingui()
  const ofTasks = tasks.flatMap((_, n): [string, string][] => [
    [`tasks.${n}.title.vi`, t`Việc ${n + 1}: tên việc`],
    [`tasks.${n}.due`, t`Việc ${n + 1}: hạn`],
    [`tasks.${n}.depends_on`, t`Việc ${n + 1}: sau khi xong`],
  ])
  return {
    'name.vi': t`Tên phương án`,
    tasks: t`Việc phải làm`,
    ...Object.fromEntries(ofTasks),
  }
}
