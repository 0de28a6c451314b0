import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { labels } from '@haidang/contracts/labels'
import { useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field, Input, Select } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { Section } from '../../components/page.tsx'
import { useWords } from '../../language/use-words.ts'

interface RowsProps {
  readonly content: AdvisoryContent | undefined
  readonly wrong: Errors
  /** Rows at first. */
  readonly count: number
  readonly onCount: (count: number) => void
}

/** Products concerned, one a row. */
export function ProductFields({ content, wrong, ...rows }: RowsProps) {
  const { t } = useLingui()
  const fields = [
    { part: 'vendor', label: t`Hãng` },
    { part: 'name', label: t`Sản phẩm` },
    { part: 'versions', label: t`Phiên bản bị ảnh hưởng` },
    { part: 'fixed', label: t`Sửa ở phiên bản`, optional: t`không bắt buộc` },
    { part: 'cpe', label: 'CPE 2.3', optional: t`không bắt buộc` },
    { part: 'purl', label: t`Địa chỉ gói (purl)`, optional: t`không bắt buộc` },
  ] as const
  return (
    <Rows title={t`Sản phẩm bị ảnh hưởng`} {...rows}>
      {(place, kept) =>
        fields.map(({ part, label, ...more }) => (
          <Field
            key={part}
            label={label}
            error={wrong[`products.${place}.${part}`]}
            optional={'optional' in more ? more.optional : undefined}
          >
            <Input
              name={`products.${place}.${part}`}
              placeholder={part === 'versions' ? '< 7.2.3' : undefined}
              defaultValue={content?.products[kept]?.[part]}
            />
          </Field>
        ))
      }
    </Rows>
  )
}

/** What can be done about it, one a row. */
export function RemediationFields({ content, wrong, ...rows }: RowsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <Rows title={t`Cách khắc phục`} {...rows}>
      {(place, kept) => {
        const one = content?.remediations[kept]
        return (
          <>
            <Field label={t`Cách`}>
              <Select name={`remediations.${place}.kind`} defaultValue={one?.kind}>
                {Object.keys(labels.remediationKind).map((kind) => (
                  <option key={kind} value={kind}>
                    {label('remediationKind', kind)}
                  </option>
                ))}
              </Select>
            </Field>
            <Field label={t`Nội dung`} error={wrong[`remediations.${place}.text`]}>
              <Input
                name={`remediations.${place}.text`}
                maxLength={4000}
                defaultValue={one?.text}
              />
            </Field>
            <Field
              label={t`Địa chỉ web`}
              optional={t`không bắt buộc`}
              error={wrong[`remediations.${place}.url`]}
            >
              <Input name={`remediations.${place}.url`} type="url" defaultValue={one?.url} />
            </Field>
          </>
        )
      }}
    </Rows>
  )
}

interface RowListProps {
  readonly title: string
  readonly count: number
  readonly onCount: (count: number) => void
  /** A row by its place now and by its place in what was saved. */
  readonly children: (place: number, kept: number) => ReactNode
}

function Rows({ title, count, onCount, children }: RowListProps) {
  const { t } = useLingui()
  const [rows, setRows] = useState<readonly number[]>(() =>
    Array.from({ length: count }, (_, n) => n),
  )
  const change = (next: readonly number[]) => {
    setRows(next)
    onCount(next.length)
  }
  return (
    <Section title={title} count={rows.length || undefined}>
      <div className="divide-y divide-line">
        {rows.map((row, place) => (
          <fieldset key={row} className="relative grid gap-3 py-4 pr-10 sm:grid-cols-3">
            <legend className="sr-only">{`${title} ${place + 1}`}</legend>
            {children(place, row)}
            <Button
              look="quiet"
              size="small"
              aria-label={t`Bỏ dòng ${place + 1}: ${title}`}
              className="absolute top-3 right-0"
              onClick={() => change(rows.filter((other) => other !== row))}
            >
              <X aria-hidden="true" className="size-4" />
            </Button>
          </fieldset>
        ))}
      </div>
      <Button
        size="small"
        className="mt-2"
        onClick={() => change([...rows, Math.max(-1, ...rows) + 1])}
      >
        <Plus aria-hidden="true" className="size-4" />
        {t`Thêm: ${title}`}
      </Button>
    </Section>
  )
}
