import type { DocumentFormat, DocumentKind } from '@haidang/contracts/document'
import {
  TemplateContent,
  type TemplateField,
  type TemplateVersion,
  templateFaults,
} from '@haidang/contracts/document-template'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { type Errors, noErrors, submitted, text, useIssues } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { FileButtons } from './file-buttons.tsx'
import { PlaceholderList } from './placeholder-list.tsx'
import { TemplateVersions } from './template-versions.tsx'
import { useFaultWords } from './use-fault-words.ts'
import { useTemplateFields } from './use-template-fields.ts'

interface TemplateEditorProps {
  readonly kind: DocumentKind
  /** Newest first. */
  readonly versions: readonly TemplateVersion[]
}

/** The parts of a template as fields; saved, they are a new version. */
export function TemplateEditor({ kind, versions }: TemplateEditorProps) {
  const { t } = useLingui()
  const client = useQueryClient()
  const issues = useIssues()
  const faultWords = useFaultWords()
  const { names, long } = useTemplateFields()
  const form = useRef<HTMLFormElement>(null)
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const newest = versions[0]
  const save = useMutation({
    mutationFn: (draft: { content: TemplateContent; note: string }) =>
      api.documentTemplates.save({
        params: { kind },
        body: { ...draft, base: newest?.version ?? 0 },
      }),
    onSuccess: ({ version }) => {
      say(t`Đã lưu bản ${version} của mẫu`)
      void client.invalidateQueries({ queryKey: ['documents', 'templates', kind] })
    },
  })
  if (!newest) return null

  /** What the fields say; undefined, and said beside the fields, where it is not sound. */
  const contentIn = (fields: FormData): TemplateContent | undefined => {
    const given = Object.fromEntries(Object.keys(names).map((name) => [name, text(fields, name)]))
    const parsed = TemplateContent.safeParse({ ...given, language: newest.content.language })
    if (!parsed.success) {
      setWrong(issues(parsed))
      return undefined
    }
    const faults = templateFaults(kind, parsed.data)
    setWrong(Object.fromEntries(faults.map((fault) => [fault.field, faultWords(fault)])))
    return faults.length === 0 ? parsed.data : undefined
  }
  const send = (fields: FormData) => {
    const content = contentIn(fields)
    const note = text(fields, 'note').trim()
    if (!content) return
    if (note.length < 3) return setWrong({ note: t`Cần ít nhất ${3} ký tự` })
    save.mutate({ content, note })
  }
  const preview = async (format: DocumentFormat) => {
    const content = form.current ? contentIn(new FormData(form.current)) : undefined
    return content && api.documentTemplates.preview({ params: { kind }, body: { content, format } })
  }
  const fields = Object.keys(names) as Exclude<TemplateField, 'language'>[]
  return (
    <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_280px]">
      <form ref={form} noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
        <ErrorSummary errors={wrong} error={save.error} names={{ ...names, note: t`Lý do sửa` }} />
        {fields.map((name) => (
          <Field key={name} label={names[name]} error={wrong[name]}>
            {long[name] ? (
              <Textarea
                name={name}
                rows={long[name]}
                defaultValue={newest.content[name]}
                className="font-mono"
              />
            ) : (
              <Input name={name} defaultValue={newest.content[name]} />
            )}
          </Field>
        ))}
        <Field label={t`Lý do sửa`} error={wrong['note']}>
          <Input name="note" maxLength={1000} />
        </Field>
        <div className="flex flex-wrap items-start gap-4">
          <Button look="primary" type="submit" busy={save.isPending}>
            {t`Lưu bản mới`}
          </Button>
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-13 text-ink-2">{t`Xem thử:`}</span>
            <FileButtons of={t`bản xem thử`} read={preview} />
          </div>
        </div>
      </form>
      <aside className="flex flex-col gap-6">
        <PlaceholderList kind={kind} />
        <TemplateVersions
          versions={versions}
          busy={save.isPending}
          onReturn={({ content, version }) =>
            save.mutate({ content, note: t`Trở về bản ${version}` })
          }
        />
      </aside>
    </div>
  )
}
