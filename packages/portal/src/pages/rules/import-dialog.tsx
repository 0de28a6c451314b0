import type { ImportReport, RuleImport } from '@haidang/contracts/rule-library'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Field, Input, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { base64Of } from '../../format/base64.ts'
import { useWords } from '../../language/use-words.ts'
import { LintProblems } from './lint-problems.tsx'

/** As the contract bounds an archive. */
const archiveBytes = 5_000_000
const packed = /\.(?:zip|tar|tgz|gz)$/i

/** What a form of files and pasted text says; `archive-too-large` and `two-archives` where it cannot be sent. */
async function draftIn(form: FormData): Promise<Partial<RuleImport>> {
  const files = form
    .getAll('files')
    .filter((each): each is File => each instanceof File && each.size > 0)
  const archive = files.find(({ name }) => packed.test(name))
  const documents = await Promise.all(
    files
      .filter(({ name }) => !packed.test(name))
      .map(async (file) => ({ path: file.name, text: await file.text() })),
  )
  const pasted = text(form, 'pasted')
  if (pasted.trim()) documents.push({ path: 'pasted.yml', text: pasted })
  return {
    documents,
    reason: text(form, 'reason').trim(),
    ...(archive ? { archive: await base64Of(archive) } : {}),
  }
}

/** Rules come in pasted, as files, or as one archive; what cannot be used is named with its reason. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [wrong, setWrong] = useState('')
  const take = useMutation({
    mutationFn: async (form: FormData) => api.ruleLibrary.import({ body: await draftIn(form) }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['rule-library'] }),
  })
  const send = (form: FormData) => {
    const problem = problemOf(form)
    setWrong(problem)
    if (!problem) take.mutate(form)
  }
  const problemOf = (form: FormData): string => {
    const files = form
      .getAll('files')
      .filter((each): each is File => each instanceof File && each.size > 0)
    const archives = files.filter(({ name }) => packed.test(name))
    if (files.length === 0 && !text(form, 'pasted').trim()) return t`Chưa dán luật, chưa chọn tệp`
    if (archives.length > 1) return t`Mỗi lần chỉ một tệp nén`
    if (archives.some(({ size }) => size > archiveBytes)) return t`Tệp nén lớn hơn 5 MB`
    return ''
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t`Nhập luật vào thư viện`}
      about={t`Luật mới vào thành bản thảo; luật có mã đã biết được thêm phiên bản. Tệp hỏng bị từ chối, tệp khác vẫn vào.`}
      wide
    >
      {take.data ? (
        <Report report={take.data} onClose={onClose} onMore={() => take.reset()} />
      ) : (
        <form noValidate onSubmit={submitted(send)} className="flex flex-col gap-4">
          <ErrorSummary errors={wrong ? { pasted: wrong } : noErrors} error={take.error} />
          <Field label={t`Dán luật Sigma`} help={t`Nhiều luật ngăn nhau bằng dòng ---`}>
            <Textarea
              name="pasted"
              rows={8}
              spellCheck={false}
              wrap="off"
              className="overflow-auto font-mono text-12"
            />
          </Field>
          <Field
            label={t`Hoặc chọn tệp`}
            help={t`.yml, .yaml; hoặc một tệp nén .zip, .tar, .tar.gz tới 5 MB`}
          >
            <Input
              type="file"
              name="files"
              multiple
              accept=".yml,.yaml,.zip,.tar,.gz,.tgz"
              className="h-auto py-1.5"
            />
          </Field>
          <Field label={t`Lý do nhập`} optional={t`không bắt buộc`}>
            <Input name="reason" maxLength={4000} />
          </Field>
          <Acts>
            <Button look="primary" type="submit" busy={take.isPending}>{t`Nhập`}</Button>
            <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
          </Acts>
        </form>
      )}
    </Dialog>
  )
}

interface ReportProps {
  readonly report: ImportReport
  readonly onClose: () => void
  readonly onMore: () => void
}

function Report({ report, onClose, onMore }: ReportProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const { created, changed, unchanged, refused, problems, rules } = report
  const only = rules.length === 1 ? rules[0] : undefined
  const counts = [
    { name: t`luật mới`, count: created, tone: '' },
    { name: t`luật có bản mới`, count: changed, tone: '' },
    { name: t`không đổi`, count: unchanged, tone: 'text-ink-3' },
    { name: t`bị từ chối`, count: refused, tone: refused > 0 ? 'text-critical' : 'text-ink-3' },
  ]
  return (
    <div className="flex flex-col gap-4" role="status">
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {counts.map(({ name, count, tone }) => (
          <li key={name} className={tone}>
            <span className="block font-medium text-24">{number(count)}</span>
            <span className="text-12">{name}</span>
          </li>
        ))}
      </ul>
      {problems.length > 0 ? (
        <div className="max-h-72 overflow-y-auto border-y">
          <LintProblems problems={problems} />
        </div>
      ) : null}
      <Acts>
        <Button look="primary" data-first="" onClick={onClose}>{t`Xong`}</Button>
        <Button look="quiet" onClick={onMore}>{t`Nhập tiếp`}</Button>
        {only ? (
          <Link
            to="/rules/library/$id"
            params={{ id: only }}
            className="inline-flex h-8 items-center px-2 text-accent hover:underline"
          >
            {t`Mở luật vừa nhập`}
          </Link>
        ) : null}
      </Acts>
    </div>
  )
}
