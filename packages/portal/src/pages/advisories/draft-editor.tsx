import { AdvisoryContent, type AdvisoryDraft } from '@haidang/contracts/advisory'
import { useLingui } from '@lingui/react/macro'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Acts } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Textarea } from '../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  noErrors,
  submitted,
  text,
  useDraft,
  useIssues,
} from '../../components/form.ts'
import { gutter } from '../../components/page.tsx'
import { cn } from '../../theme/cn.ts'
import { KindFields, LineFields, WordFields } from './draft-fields.tsx'
import { contentIn, keptRows, type RowCounts } from './draft-form.ts'
import { ProductFields, RemediationFields } from './draft-rows.tsx'
import { RecipientFields } from './recipient-fields.tsx'
import {
  addresseesOf,
  forgetRecipients,
  keepRecipients,
  keptRecipients,
  type Recipients,
  recipientsOf,
} from './recipients.ts'

/** What the editor hands on. */
export interface Written {
  readonly content: AdvisoryContent
  readonly addressees: ReturnType<typeof addresseesOf>
  readonly change_note: string
}

interface DraftEditorProps {
  /** Under which the browser keeps what is typed. */
  readonly kept: string
  readonly draft?: AdvisoryDraft | undefined
  readonly refusal: string | undefined
  readonly saving: { readonly isPending: boolean; readonly error: Error | null }
  readonly onSave: (written: Written, forget: () => void) => void
  /** Something is there now that is not saved. */
  readonly onTyped?: (() => void) | undefined
  readonly children?: ReactNode
}

/** One form for everything an advisory says and whom it is told to. */
export function DraftEditor(props: DraftEditorProps) {
  const { t } = useLingui()
  const { kept, draft, saving } = props
  const content = draft?.content
  const form = useRef<HTMLFormElement>(null)
  const issues = useIssues()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const [recipients, setRecipients] = useState<Recipients>(
    () => keptRecipients(kept) ?? recipientsOf(draft?.addressees ?? []),
  )
  const [rows, setRows] = useState<RowCounts>(() => ({
    products: keptRows(kept, 'products', content?.products.length ?? 0),
    remediations: keptRows(kept, 'remediations', content?.remediations.length ?? 0),
  }))
  const draftKept = useDraft(kept, form)
  const forget = () => {
    draftKept.forget()
    forgetRecipients(kept)
  }
  const choose = (next: Recipients) => {
    setRecipients(next)
    keepRecipients(kept, next)
    props.onTyped?.()
  }
  const count = (counts: Partial<RowCounts>) => {
    setRows((old) => ({ ...old, ...counts }))
    props.onTyped?.()
  }
  const send = (fields: FormData) => {
    const parsed = AdvisoryContent.safeParse(contentIn(fields, rows))
    setWrong(issues(parsed))
    if (!parsed.success) return
    const change_note = text(fields, 'change_note').trim()
    props.onSave(
      { content: parsed.data, addressees: addresseesOf(recipients), change_note },
      forget,
    )
  }
  const names = {
    title: t`Trích yếu`,
    summary: t`Tóm tắt`,
    action: t`Việc cần làm`,
    cves: 'CVE',
    products: t`Sản phẩm bị ảnh hưởng`,
    remediations: t`Cách khắc phục`,
    references: t`Tham khảo`,
    indicators: t`Dấu hiệu nhận biết`,
    answer_due_at: t`Hạn trả lời`,
  }
  const fields = { content, wrong }
  return (
    <form
      ref={form}
      noValidate
      onSubmit={submitted(send)}
      onInput={({ target }) => {
        // What only searches has no name, and is nothing to save.
        if (target instanceof HTMLElement && target.getAttribute('name')) props.onTyped?.()
      }}
      className={cn('flex max-w-4xl flex-col gap-8 py-5 pb-16', gutter)}
    >
      <ErrorSummary
        errors={{ ...wrong, ...errorsOf(saving.error) }}
        error={saving.error}
        names={names}
      />
      <KindFields {...fields} fixed={draft !== undefined && draft.number !== null} />
      {draft?.number ? (
        <Field label={t`Bản mới đổi gì`} help={t`Nơi nhận đọc dòng này trước tiên`}>
          <Textarea name="change_note" rows={2} maxLength={4000} defaultValue={draft.change_note} />
        </Field>
      ) : null}
      <WordFields {...fields} />
      <ProductFields
        {...fields}
        count={rows.products}
        onCount={(products) => count({ products })}
      />
      <RemediationFields
        {...fields}
        count={rows.remediations}
        onCount={(remediations) => count({ remediations })}
      />
      <LineFields {...fields} />
      <RecipientFields recipients={recipients} onChange={choose} />
      <Acts className="border-t">
        <Button
          look="primary"
          size="large"
          type="submit"
          busy={saving.isPending}
          refusal={props.refusal}
        >
          {t`Lưu dự thảo`}
        </Button>
        {props.children}
      </Acts>
    </form>
  )
}
