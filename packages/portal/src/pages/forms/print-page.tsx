import type { Form } from '@haidang/contracts/form'
import { type FormContent, partsOf, saidBy } from '@haidang/contracts/form-content'
import { fieldsOf } from '@haidang/contracts/form-definition'
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Printer } from 'lucide-react'
import { api } from '../../api/api.ts'
import { Asked } from '../../components/asked.tsx'
import { Button, buttonStyle } from '../../components/button.tsx'
import { Page } from '../../components/page.tsx'
import { Said } from './form-reading.tsx'

const route = getRouteApi('/shell/forms/$id/print')

/** A form as a page of paper, in the layout of Vietnamese administrative documents; always in Vietnamese. */
export function PrintPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery({
    queryKey: ['forms', 'print', id],
    queryFn: ({ signal }) => api.forms.get({ params: { id } }, signal),
  })
  return (
    <Page title={t`Bản in`} className="print:overflow-visible">
      <Asked query={query}>
        {(form) => (
          <>
            <div className="flex gap-2 px-4 py-3 md:px-6 print:hidden">
              <Button look="primary" onClick={() => print()}>
                <Printer aria-hidden="true" className="size-4" />
                {t`In`}
              </Button>
              <Link to="/forms/$id" params={{ id }} className={buttonStyle({ look: 'quiet' })}>
                {t`Về biểu mẫu`}
              </Link>
            </div>
            <Sheet form={form} />
          </>
        )}
      </Asked>
    </Page>
  )
}

/** What fields say that have a place of their own on paper. */
function meant(form: Form, ending: string): FormContent[string] | undefined {
  const field = fieldsOf(form.definition).find(({ means }) => means?.endsWith(ending))
  return field && saidBy(form.content, field.key)
}

function Sheet({ form }: { form: Form }) {
  const { definition, content, organisation_name } = form
  const [year, month, day] = `${meant(form, 'form.date') ?? ''}`.split('-')
  const placed = new Set(
    fieldsOf(definition).flatMap(({ key, means }) =>
      means?.startsWith('form.') || means?.endsWith('.signer') ? [key] : [],
    ),
  )
  const sections = definition.sections
    .map((section) => ({
      ...section,
      fields: section.fields.filter(({ key }) => !placed.has(key)),
    }))
    .filter(({ fields }) => fields.length > 0)
  const signer = partsOf(meant(form, '.signer'))
  return (
    <article
      lang="vi"
      className="paper mx-auto flex w-full max-w-[210mm] flex-col gap-4 bg-white px-6 py-8 text-black sm:px-12"
    >
      <header className="grid grid-cols-2 gap-4 text-center text-13">
        <div>
          <p className="font-bold uppercase">{organisation_name}</p>
          <p>Mẫu số {form.number}</p>
        </div>
        <div>
          <p className="font-bold">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>
          <p className="font-bold underline underline-offset-4">Độc lập - Tự do - Hạnh phúc</p>
          <p className="pt-2 italic">
            {`${meant(form, 'form.place') ?? '……'}, ngày ${day ?? '…'} tháng ${month ?? '…'} năm ${year || '……'}`}
          </p>
        </div>
      </header>
      <h1 className="pt-2 text-center font-bold text-18 uppercase">{form.title.vi}</h1>
      {form.state === 'submitted' ? null : (
        <p className="text-center font-bold">
          {form.state === 'draft' ? 'DỰ THẢO' : 'KHÔNG CÒN HIỆU LỰC'}
        </p>
      )}
      {definition.addressee ? (
        <p className="text-center">Kính gửi: {definition.addressee.vi}</p>
      ) : null}
      {sections.map((section) => (
        <section key={section.key} className="flex flex-col gap-1">
          <h2 className="font-bold">
            {[section.clause, section.title.vi].filter(Boolean).join('. ')}
          </h2>
          {section.fields.map((field) => (
            <div key={field.key} className="whitespace-pre-wrap break-words">
              <span>{field.label.vi}: </span>
              <Said field={field} content={content} language="vi" />
            </div>
          ))}
        </section>
      ))}
      <footer className="grid grid-cols-2 gap-4 pt-4">
        <div />
        <div className="flex flex-col items-center gap-1 text-center">
          <p className="font-bold uppercase">Người đại diện theo pháp luật</p>
          <p className="italic">(Ký, ghi rõ họ tên, đóng dấu)</p>
          <p className="pt-20 font-bold">{signer['name']}</p>
          <p>{signer['position']}</p>
        </div>
      </footer>
      <p className="break-all border-black border-t pt-2 text-12">
        {definition.clause}
        {definition.provisional ? `. ${definition.provisional.vi}` : ''}
        {form.hash ? `. Lần ${form.version}, SHA-256 ${form.hash}` : ''}
      </p>
    </article>
  )
}
