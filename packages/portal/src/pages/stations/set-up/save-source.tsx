import { placedCollectors, tokenCollectors } from '@haidang/contracts/source'
import type { SourceSamples } from '@haidang/contracts/source-samples'
import type { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { Button } from '../../../components/button.tsx'
import { ErrorSummary } from '../../../components/error-summary.tsx'
import { Field, Input, Select, Textarea } from '../../../components/field.tsx'
import {
  type Errors,
  errorsOf,
  lines,
  noErrors,
  submitted,
  text,
} from '../../../components/form.ts'
import { TlpOptions } from '../../../components/options.tsx'
import { say } from '../../../components/toast.tsx'
import { RemoveSource } from '../remove-source.tsx'

/** What the source is kept as; until then it is a draft that can be given up. */
export function SaveSource({ samples }: { samples: SourceSamples }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [wrong, setWrong] = useState<Errors>(noErrors)
  const { source, senders } = samples
  const listens = !placedCollectors.has(source.collector) && source.collector !== 'kafka'
  const leave = () => {
    void client.invalidateQueries({ queryKey: ['sources'] })
    void navigate({ to: '/stations', search: { tab: 'sources' } })
  }
  const save = useMutation({
    mutationFn: (form: FormData) =>
      api.sources.update({
        params: { id: source.id },
        body: {
          name: text(form, 'name').trim(),
          tlp: text(form, 'tlp') as Tlp,
          ...(listens && { senders: lines(form, 'senders') }),
          draft: false,
        },
      }),
    onSuccess: ({ name }) => {
      say(t`Đã lưu nguồn ${name}`)
      leave()
    },
    onError: (error) => setWrong(errorsOf(error)),
  })
  const names = { name: t`Tên nguồn`, senders: t`Địa chỉ bên gửi` }
  const seen = senders.map(({ sender }) => sender).join(', ')
  return (
    <form
      noValidate
      onSubmit={submitted((form) => save.mutate(form))}
      className="grid gap-4 pt-2 sm:grid-cols-2"
    >
      <div className="empty:hidden sm:col-span-2">
        <ErrorSummary errors={wrong} error={save.error} names={names} />
      </div>
      <Field label={names.name} error={wrong['name']}>
        <Input name="name" defaultValue={source.name} className="font-mono" />
      </Field>
      <Field label="TLP">
        <Select name="tlp" defaultValue={source.tlp}>
          <TlpOptions />
        </Select>
      </Field>
      {listens ? (
        <Field
          label={names.senders}
          optional={t`không bắt buộc`}
          help={
            seen === '' || tokenCollectors.has(source.collector)
              ? t`Mỗi dòng một địa chỉ hoặc dải; bỏ trống là nhận từ mọi nơi`
              : t`Đã thấy: ${seen}. Ghi lại để nguồn này chỉ nhận các địa chỉ đó.`
          }
          error={wrong['senders']}
          className="sm:col-span-2"
        >
          <Textarea
            name="senders"
            rows={2}
            defaultValue={source.senders.join('\n')}
            className="font-mono"
          />
        </Field>
      ) : null}
      <div className="flex flex-wrap gap-2 sm:col-span-2">
        <Button look="primary" type="submit" busy={save.isPending}>{t`Lưu nguồn`}</Button>
        {source.draft ? <GiveUp id={source.id} name={source.name} onDone={leave} /> : null}
      </div>
      {source.draft ? (
        <p className="text-12 text-ink-3 sm:col-span-2">
          {t`Nguồn nháp đã nhận bản ghi như mọi nguồn. Đóng trang rồi quay lại cũng được: nó nằm trong danh sách nguồn.`}
        </p>
      ) : null}
    </form>
  )
}

function GiveUp({ id, name, onDone }: { id: string; name: string; onDone: () => void }) {
  const { t } = useLingui()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>{t`Gỡ nguồn nháp…`}</Button>
      <RemoveSource
        id={id}
        name={name}
        open={asking}
        onClose={() => setAsking(false)}
        onRemoved={onDone}
      />
    </>
  )
}
