import { ResponsePhase } from '@haidang/contracts/task-template'
import { useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { isHeld, type TaskFields } from './playbook-form.ts'

interface TaskCardProps {
  readonly place: number
  readonly tasks: readonly TaskFields[]
  readonly errors: Errors
  readonly onChange: (next: Partial<TaskFields>) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: (() => void) | undefined
}

/** One task of a playbook being written. Alt and an arrow key move it. */
export function TaskCard(props: TaskCardProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const { place, tasks, errors, onChange, onMove } = props
  const task = tasks[place]
  if (!task) return null
  const wrong = (field: string) => errors[`tasks.${place}.${field}`]
  const typed =
    (field: keyof TaskFields) =>
    ({ target }: { target: { value: string } }) =>
      onChange({ [field]: target.value })
  const byKey = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onMove(event.key === 'ArrowUp' ? -1 : 1)
  }
  const english = t`để trống thì dùng tiếng Việt`
  return (
    <li className="rounded-control border bg-surface p-4" onKeyDown={byKey}>
      <fieldset className="grid gap-3 sm:grid-cols-2">
        <legend className="sr-only">{t`Việc ${place + 1}`}</legend>
        <div className="flex items-center gap-2 sm:col-span-2">
          <span aria-hidden="true" className="flex-1 font-semibold text-13">
            {t`Việc ${place + 1}`}
          </span>
          <MoveButton {...props} task={task} by={-1} />
          <MoveButton {...props} task={task} by={1} />
          {props.onRemove ? (
            <Button
              look="quiet"
              size="small"
              aria-label={t`Bỏ việc ${place + 1}`}
              onClick={props.onRemove}
            >{t`Bỏ`}</Button>
          ) : null}
        </div>
        <Field label={t`Tên việc`} error={wrong('title.vi')}>
          <Input
            maxLength={300}
            value={task.title}
            onChange={typed('title')}
            name={`tasks.${place}.title.vi`}
            data-part={`${task.id}-title`}
          />
        </Field>
        <Field label={t`Tên việc tiếng Anh`} optional={english}>
          <Input maxLength={300} value={task.titleEn} onChange={typed('titleEn')} />
        </Field>
        <Field label={t`Giai đoạn xử lý`} help="ISO/IEC 27035-1:2023">
          <Select value={task.phase} onChange={typed('phase')}>
            <option value="">—</option>
            {ResponsePhase.options.map((phase) => (
              <option key={phase} value={phase}>
                {label('responsePhase', phase)}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          label={t`Xong trong`}
          help={t`Kể từ khi lấy phương án cho sự cố`}
          error={wrong('due')}
        >
          <span className="flex gap-2">
            <Input
              inputMode="numeric"
              maxLength={5}
              className="w-24"
              value={task.dueCount}
              onChange={({ target }) => onChange({ dueCount: target.value.replace(/\D/g, '') })}
              name={`tasks.${place}.due`}
            />
            <Select
              id={undefined}
              aria-label={t`Xong trong: đơn vị`}
              value={task.dueUnit}
              onChange={typed('dueUnit')}
            >
              <option value="M">{t({ message: 'phút', context: 'unit' })}</option>
              <option value="H">{t({ message: 'giờ', context: 'unit' })}</option>
              <option value="D">{t({ message: 'ngày', context: 'unit' })}</option>
            </Select>
          </span>
        </Field>
        <Field label={t`Hướng dẫn`} optional={t`không bắt buộc`} error={wrong('details.vi')}>
          <Textarea maxLength={4_000} value={task.details} onChange={typed('details')} />
        </Field>
        <Field label={t`Hướng dẫn tiếng Anh`} optional={english}>
          <Textarea maxLength={4_000} value={task.detailsEn} onChange={typed('detailsEn')} />
        </Field>
        <Field
          label={t`Danh mục kiểm tra`}
          help={t`Mỗi dòng một mục, nhiều nhất 50`}
          error={wrong('checklist')}
        >
          <Textarea
            value={task.checklist}
            onChange={typed('checklist')}
            name={`tasks.${place}.checklist`}
          />
        </Field>
        <Field label={t`Danh mục kiểm tra tiếng Anh`} help={t`Từng dòng ứng với dòng tiếng Việt`}>
          <Textarea value={task.checklistEn} onChange={typed('checklistEn')} />
        </Field>
        <Field
          label={t`Căn cứ`}
          help={t`Điều khoản, quy chế đòi hỏi việc này`}
          error={wrong('clause')}
        >
          <Input maxLength={300} value={task.clause} onChange={typed('clause')} />
        </Field>
        {place > 0 ? <Needs {...props} task={task} error={wrong('depends_on')} /> : null}
      </fieldset>
    </li>
  )
}

function MoveButton({
  by,
  place,
  task,
  tasks,
  onMove,
}: TaskCardProps & { by: -1 | 1; task: TaskFields }) {
  const { t } = useLingui()
  const isEdge = by < 0 ? place === 0 : place === tasks.length - 1
  const held = isHeld(tasks, place, by)
    ? by < 0
      ? t`Việc ngay trên phải xong trước việc này`
      : t`Việc ngay dưới chờ việc này`
    : undefined
  const name = by < 0 ? t`Đưa việc ${place + 1} lên` : t`Đưa việc ${place + 1} xuống`
  const Icon = by < 0 ? ArrowUp : ArrowDown
  return (
    <Button
      look="quiet"
      size="icon"
      data-part={`${task.id}-${by < 0 ? 'up' : 'down'}`}
      aria-label={name}
      aria-keyshortcuts={by < 0 ? 'Alt+ArrowUp' : 'Alt+ArrowDown'}
      refusal={isEdge ? (by < 0 ? t`Đã ở đầu danh sách` : t`Đã ở cuối danh sách`) : held}
      onClick={() => onMove(by)}
    >
      <Icon className="size-4" />
    </Button>
  )
}

interface NeedsProps extends TaskCardProps {
  readonly task: TaskFields
  readonly error: string | undefined
}

/** What has to be finished first: anything above. */
function Needs({ place, tasks, task, error, onChange }: NeedsProps) {
  const { t } = useLingui()
  return (
    <fieldset aria-invalid={error ? true : undefined}>
      <legend className="pb-1 font-medium text-13">{t`Sau khi xong`}</legend>
      <div className="flex max-h-40 flex-col overflow-y-auto">
        {tasks.slice(0, place).map(({ id, title }, n) => (
          <Check
            key={id}
            name={`tasks.${place}.depends_on`}
            checked={task.needs.includes(id)}
            onChange={({ target }) =>
              onChange({
                needs: target.checked
                  ? [...task.needs, id]
                  : task.needs.filter((each) => each !== id),
              })
            }
          >
            {n + 1}. {title}
          </Check>
        ))}
      </div>
      {error ? <p className="font-medium text-12 text-critical">{error}</p> : null}
    </fieldset>
  )
}
