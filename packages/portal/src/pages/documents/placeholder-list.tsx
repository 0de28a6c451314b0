import type { DocumentKind } from '@haidang/contracts/document'
import {
  documentPlaceholders,
  type PlaceholderForm,
} from '@haidang/contracts/document-placeholders'
import { useLingui } from '@lingui/react/macro'
import { useWords } from '../../language/use-words.ts'

/** What a template of this kind may name, and how a body is written. */
export function PlaceholderList({ kind }: { kind: DocumentKind }) {
  const { t } = useLingui()
  const { language } = useWords()
  const forms: Record<PlaceholderForm, string> = {
    text: '',
    lines: t`lặp lại dòng`,
    table: t`bảng, riêng một dòng`,
  }
  return (
    <section>
      <h3 className="font-semibold text-13">{t`Chỗ điền sẵn`}</h3>
      <dl className="pt-2 text-12">
        {Object.entries(documentPlaceholders[kind]).map(([name, { form, label }]) => (
          <div key={name} className="flex flex-wrap gap-x-2 py-0.5">
            <dt>
              <code>{`{{${name}}}`}</code>
            </dt>
            <dd className="text-ink-2">
              {label[language]}
              {forms[form] ? ` (${forms[form]})` : ''}
            </dd>
          </div>
        ))}
      </dl>
      <p className="pt-3 text-12 text-ink-3">
        {t`Đầu dòng: # đề mục, > căn cứ, - gạch đầu dòng, 1. đánh số. Dòng mà mọi chỗ điền đều trống thì bỏ.`}
      </p>
    </section>
  )
}
