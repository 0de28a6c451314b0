import type { ExtractedObservable } from '@haidang/contracts/incident-observable'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { Acts, Dialog } from '../../components/dialog.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { Check, Field, Input, Textarea } from '../../components/field.tsx'
import { noErrors, submitted, text } from '../../components/form.ts'
import { say } from '../../components/toast.tsx'
import { useWords } from '../../language/use-words.ts'

interface AddObservablesProps {
  readonly incidentId: string
  readonly onClose: () => void
}

/** Finds values in a pasted text, and adds those that are chosen. */
export function AddObservables({ incidentId, onClose }: AddObservablesProps) {
  const { t } = useLingui()
  const { number } = useWords()
  const [found, setFound] = useState<readonly ExtractedObservable[] | null>(null)
  const extract = useMutation({
    mutationFn: (words: string) => api.incidentObservables.extract({ body: { text: words } }),
    onSuccess: ({ items, more }) => {
      setFound(items)
      if (more) say(t`Chỉ lấy ${number(items.length)} giá trị đầu`)
    },
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t`Thêm giá trị quan sát`}
      about={t`Dán báo cáo, thư hoặc nhật ký: địa chỉ, tên miền, URL, mã băm, hộp thư được lọc ra, kể cả dạng hxxp và [.].`}
    >
      {found === null ? (
        <form
          onSubmit={submitted((form) => extract.mutate(text(form, 'text')))}
          className="flex flex-col gap-4"
        >
          <ErrorSummary errors={noErrors} error={extract.error} />
          <Field label={t`Nội dung`}>
            <Textarea name="text" rows={8} maxLength={200_000} required data-first />
          </Field>
          <Acts>
            <Button look="primary" type="submit" busy={extract.isPending}>
              {t`Lọc ra`}
            </Button>
            <Button look="quiet" onClick={onClose}>{t`Thôi`}</Button>
          </Acts>
        </form>
      ) : (
        <ChooseFound
          incidentId={incidentId}
          found={found}
          onBack={() => setFound(null)}
          onClose={onClose}
        />
      )}
    </Dialog>
  )
}

interface ChooseFoundProps extends AddObservablesProps {
  readonly found: readonly ExtractedObservable[]
  readonly onBack: () => void
}

function ChooseFound({ incidentId, found, onBack, onClose }: ChooseFoundProps) {
  const { t } = useLingui()
  const { label, number } = useWords()
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: (form: FormData) => {
      const words = text(form, 'tags').split(',')
      const tags = words.map((tag) => tag.trim()).filter(Boolean)
      const values = form.getAll('value').map(String)
      return api.incidentObservables.add({
        params: { id: incidentId },
        body: { items: values.map((value) => ({ value, tags })) },
      })
    },
    onSuccess: ({ added, seen_again }) => {
      say(t`Thêm mới: ${number(added)}, thấy lại: ${number(seen_again)}`)
      void client.invalidateQueries({ queryKey: ['observables'] })
      onClose()
    },
  })
  if (found.length === 0) {
    return (
      <>
        <p className="text-13">{t`Không thấy giá trị nào trong nội dung đã dán.`}</p>
        <Acts>
          <Button look="primary" onClick={onBack}>{t`Dán lại`}</Button>
        </Acts>
      </>
    )
  }
  return (
    <form onSubmit={submitted((form) => add.mutate(form))} className="flex flex-col gap-4">
      <ErrorSummary errors={noErrors} error={add.error} />
      <fieldset className="flex max-h-[40dvh] flex-col overflow-y-auto">
        <legend className="font-medium text-13">{t`Chọn giá trị để thêm`}</legend>
        {found.map(({ kind, value }) => (
          <Check key={`${kind} ${value}`} name="value" value={value} defaultChecked>
            <code className="break-all">{value}</code>{' '}
            <span className="text-12 text-ink-3">{label('observableKind', kind)}</span>
          </Check>
        ))}
      </fieldset>
      <Field
        label={t`Nhãn`}
        optional={t`không bắt buộc`}
        help={t`Cách nhau bằng dấu phẩy, ví dụ: c2, lừa đảo`}
      >
        <Input name="tags" maxLength={500} />
      </Field>
      <Acts>
        <Button look="primary" type="submit" busy={add.isPending}>
          {t`Thêm vào sự cố`}
        </Button>
        <Button look="quiet" onClick={onBack}>{t`Dán lại`}</Button>
      </Acts>
    </form>
  )
}
