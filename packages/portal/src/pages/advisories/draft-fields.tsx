import type { AdvisoryContent } from '@haidang/contracts/advisory'
import { labels } from '@haidang/contracts/labels'
import { Severity } from '@haidang/contracts/severity'
import { useLingui } from '@lingui/react/macro'
import { Check, Field, Input, Select, Textarea } from '../../components/field.tsx'
import type { Errors } from '../../components/form.ts'
import { TlpOptions } from '../../components/options.tsx'
import { inputTime } from '../../format/instant.ts'
import { useWords } from '../../language/use-words.ts'
import { referenceLine } from './draft-form.ts'

interface FieldsProps {
  readonly content: AdvisoryContent | undefined
  readonly wrong: Errors
}

interface KindFieldsProps extends FieldsProps {
  /** What was published keeps its kind. */
  readonly fixed: boolean
}

/** What kind of advisory it is, how bad, for whom, answered by when. */
export function KindFields({ content, wrong, fixed }: KindFieldsProps) {
  const { t } = useLingui()
  const { label } = useWords()
  const kinds = fixed && content ? [content.kind] : Object.keys(labels.advisoryKind)
  return (
    <div className="grid gap-4 sm:grid-cols-4">
      <Field label={t`Loại`}>
        <Select name="kind" defaultValue={content?.kind ?? 'advisory'}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {label('advisoryKind', kind)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t`Mức độ`}>
        <Select name="severity" defaultValue={content?.severity ?? 'high'}>
          {Severity.options.map((severity) => (
            <option key={severity} value={severity}>
              {label('severity', severity)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="TLP">
        <Select name="tlp" defaultValue={content?.tlp ?? 'amber'}>
          <TlpOptions />
        </Select>
      </Field>
      <Field
        label={t`Hạn trả lời`}
        help={t`Giờ Việt Nam; cảnh báo riêng phải có`}
        error={wrong['answer_due_at']}
      >
        <Input
          name="answer_due_at"
          type="datetime-local"
          defaultValue={inputTime(content?.answer_due_at ?? '')}
        />
      </Field>
      <Check name="exercise" defaultChecked={content?.exercise} className="sm:col-span-4">
        {t`Diễn tập: không tính vào số liệu thật`}
      </Check>
    </div>
  )
}

/** What it says, in both languages side by side. */
export function WordFields({ content, wrong }: FieldsProps) {
  const { t } = useLingui()
  const texts = [
    { name: 'title', words: t`Trích yếu`, english: t`Trích yếu, tiếng Anh`, rows: 2, most: 300 },
    { name: 'summary', words: t`Tóm tắt`, english: t`Tóm tắt, tiếng Anh`, rows: 6, most: 20_000 },
    {
      name: 'action',
      words: t`Việc cần làm`,
      english: t`Việc cần làm, tiếng Anh`,
      rows: 5,
      most: 20_000,
    },
  ] as const
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {texts.map(({ name, words, english, rows, most }) => (
        <div key={name} className="contents">
          <Field label={words} error={wrong[`${name}.vi`]}>
            <Textarea name={name} rows={rows} maxLength={most} defaultValue={content?.[name].vi} />
          </Field>
          <Field label={english} optional={t`không bắt buộc`} error={wrong[`${name}.en`]}>
            <Textarea
              name={`${name}_en`}
              lang="en"
              rows={rows}
              maxLength={most}
              defaultValue={content?.[name].en}
            />
          </Field>
        </div>
      ))}
    </div>
  )
}

/** Lists that are written one a line. */
export function LineFields({ content, wrong }: FieldsProps) {
  const { t } = useLingui()
  const lists = [
    { name: 'cves', words: 'CVE', kept: content?.cves, help: t`Mỗi dòng một số CVE` },
    {
      name: 'indicators',
      words: t`Dấu hiệu nhận biết`,
      kept: content?.indicators,
      help: t`Mỗi dòng một địa chỉ, tên miền, URL hoặc mã băm`,
    },
    {
      name: 'references',
      words: t`Tham khảo`,
      kept: content?.references.map(referenceLine),
      help: t`Mỗi dòng: tên tài liệu | https://…`,
    },
  ]
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {lists.map(({ name, words, kept, help }) => (
        <Field
          key={name}
          label={words}
          optional={t`không bắt buộc`}
          help={help}
          error={firstOf(wrong, name)}
        >
          <Textarea
            name={name}
            rows={4}
            className="font-mono text-12"
            defaultValue={kept?.join('\n')}
          />
        </Field>
      ))}
    </div>
  )
}

/** What is wrong with the first wrong line of a list. */
function firstOf(wrong: Errors, list: string): string | undefined {
  return Object.entries(wrong).find(([field]) => field.startsWith(`${list}.`))?.[1]
}
