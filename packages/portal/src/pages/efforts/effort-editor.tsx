import {
  type EffortDraft,
  EffortDraft as EffortDraftShape,
  type EffortLineDraft,
  type EffortRules,
  type EffortSheet,
} from '@haidang/contracts/effort'
import type { Language } from '@haidang/contracts/person'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import { submitted, text, useWrong } from '../../components/form.ts'
import { numberIn } from '../../format/number.ts'
import { useWords } from '../../language/use-words.ts'
import { LineFields } from './line-fields.tsx'
import { useEffortAct, useEffortRules } from './use-effort.ts'

interface EditorProps {
  readonly orderId: string
  /** The draft that is written anew; a new one without. */
  readonly sheet?: EffortSheet | undefined
  readonly onSaved?: (sheet: EffortSheet) => void
  readonly onClose: () => void
}

/** Writes what answering an order cost, line by line. */
export function EffortEditor(props: EditorProps) {
  const { t } = useLingui()
  const rules = useEffortRules()
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={t`Bảng kê khối lượng, hao tổn`}
      about={t`Lưu lại được khi chưa trình; cơ quan ban hành lệnh chỉ thẩm tra sau khi trình.`}
    >
      <Asked query={rules}>{(known) => <Form {...props} rules={known} />}</Asked>
    </Dialog>
  )
}

interface FormProps extends EditorProps {
  readonly rules: EffortRules
}

function Form({ orderId, sheet, rules, onSaved, onClose }: FormProps) {
  const { t } = useLingui()
  const { language } = useWords()
  const [places, setPlaces] = useState(() => [...(sheet?.lines ?? [undefined]).keys()])
  const { wrong, refused, checked } = useWrong()
  const save = useEffortAct(
    (draft: EffortDraft) =>
      sheet
        ? api.efforts.update({
            params: { id: sheet.id },
            body: { ...draft, version: sheet.version },
          })
        : api.efforts.create({ body: { ...draft, order_id: orderId } }),
    t`Đã lưu bảng kê`,
    (saved) => {
      onClose()
      onSaved?.(saved)
    },
  )
  const send = (form: FormData) =>
    checked(EffortDraftShape.safeParse(draftOf(form, places, language)), (draft) =>
      save.mutate(draft, { onError: refused }),
    )
  return (
    <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
      <ErrorSummary errors={wrong} error={save.error} />
      {places.map((place, n) => (
        <LineFields
          key={place}
          place={place}
          title={t`Dòng ${n + 1}`}
          line={sheet?.lines[place]}
          rules={rules}
          wrong={(field) => wrong[`lines.${n}.${field}`]}
          onRemove={
            places.length > 1
              ? () => setPlaces((now) => now.filter((one) => one !== place))
              : undefined
          }
        />
      ))}
      {places.length < 500 ? (
        <Button
          look="quiet"
          size="small"
          className="self-start"
          onClick={() => setPlaces((now) => [...now, Math.max(...now) + 1])}
        >
          {t`Thêm dòng`}
        </Button>
      ) : null}
      <Field label={t`Thuyết minh`} optional={t`không bắt buộc`}>
        <Textarea name="note" maxLength={5_000} defaultValue={sheet?.note ?? ''} />
      </Field>
      <Acts>
        <Button look="primary" type="submit" busy={save.isPending}>
          {t`Lưu bảng kê`}
        </Button>
        <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
      </Acts>
    </form>
  )
}

function draftOf(form: FormData, places: readonly number[], language: Language): EffortDraft {
  const lines = places.map((place): EffortLineDraft => {
    const of = (field: string) => text(form, `${field}.${place}`).trim()
    return {
      kind: of('kind'),
      text: of('text'),
      unit: of('unit'),
      quantity: numberIn(of('quantity'), language),
      unit_price: numberIn(of('unit_price'), language),
      basis: of('basis'),
    }
  })
  return { lines, note: text(form, 'note') }
}
