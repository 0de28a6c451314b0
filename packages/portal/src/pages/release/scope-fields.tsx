import { type ReleaseRule, ReleaseStream } from '@haidang/contracts/release'
import { Tlp } from '@haidang/contracts/tlp'
import { useLingui } from '@lingui/react/macro'
import { Check, Field, Input, Textarea } from '../../components/field.tsx'
import { type Errors, lines, text } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'

type Scope = Pick<ReleaseRule, 'streams' | 'classes' | 'categories' | 'tlp' | 'sources' | 'systems'>

/** Which records: nothing chosen means any. */
export function ScopeFields({ scope, wrong }: { scope: Scope; wrong: Errors }) {
  const { t } = useLingui()
  const { label } = useWords()
  return (
    <>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1 sm:col-span-2">
        <legend className="pb-1 font-medium text-13">{t`Luồng`}</legend>
        {ReleaseStream.options.map((stream) => (
          <Check
            key={stream}
            name="streams"
            value={stream}
            defaultChecked={scope.streams.includes(stream)}
          >
            {label('releaseStream', stream)}
          </Check>
        ))}
      </fieldset>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1 sm:col-span-2">
        <legend className="pb-1 font-medium text-13">TLP</legend>
        {Tlp.options.map((tlp) => (
          <Check key={tlp} name="tlp" value={tlp} defaultChecked={scope.tlp.includes(tlp)}>
            {tlp.toUpperCase()}
          </Check>
        ))}
      </fieldset>
      <Field
        label={t`Nguồn`}
        optional={t`không bắt buộc`}
        help={t`Mỗi dòng một tên nguồn; dấu * thay cho chữ bất kỳ`}
        error={wrong['sources']}
        className="sm:col-span-2"
      >
        <Textarea
          name="sources"
          rows={2}
          defaultValue={scope.sources.join('\n')}
          className="font-mono"
        />
      </Field>
      <Field
        label={t`Hệ thống thông tin`}
        optional={t`không bắt buộc`}
        help={t`Chỉ cho sự kiện; mỗi dòng một tên, dấu * thay cho chữ bất kỳ`}
        error={wrong['systems']}
        className="sm:col-span-2"
      >
        <Textarea name="systems" rows={2} defaultValue={scope.systems.join('\n')} />
      </Field>
      <Field
        label={t`Lớp OCSF`}
        optional={t`không bắt buộc`}
        help={t`Số cách nhau bằng dấu phẩy, ví dụ 3002 là đăng nhập`}
        error={wrong['classes']}
      >
        <Input name="classes" defaultValue={scope.classes.join(', ')} inputMode="numeric" />
      </Field>
      <Field
        label={t`Nhóm OCSF`}
        optional={t`không bắt buộc`}
        help={t`1 hệ thống, 2 phát hiện, 3 danh tính, 4 mạng, 6 ứng dụng`}
        error={wrong['categories']}
      >
        <Input name="categories" defaultValue={scope.categories.join(', ')} inputMode="numeric" />
      </Field>
    </>
  )
}

/** What the fields say, not yet checked. */
export function scopeIn(form: FormData) {
  return {
    streams: form.getAll('streams'),
    tlp: form.getAll('tlp'),
    sources: lines(form, 'sources'),
    systems: lines(form, 'systems'),
    classes: numbersIn(form, 'classes'),
    categories: numbersIn(form, 'categories'),
  }
}

function numbersIn(form: FormData, name: string): number[] {
  return text(form, name)
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
    .map(Number)
}
