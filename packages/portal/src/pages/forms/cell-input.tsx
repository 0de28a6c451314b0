import { mostOf, type Part } from '@haidang/contracts/form-shape'
import { Input, Select, Textarea } from '../../components/field.tsx'
import { useWords } from '../../language/use-words.ts'

interface CellInputProps {
  readonly part: Part
  readonly name: string
  readonly value: string | number
  readonly onChange: (value: string | number) => void
}

const typeOf: Readonly<Record<string, string>> = { date: 'date', time: 'time', number: 'number' }

/** The control of one value: a line, a text, a day, a number, a choice. */
export function CellInput({ part, name, value, onChange }: CellInputProps) {
  const { language } = useWords()
  const { kind, options } = part
  if (kind === 'choice') {
    return (
      <Select name={name} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">—</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name[language]}
          </option>
        ))}
      </Select>
    )
  }
  if (kind === 'long_text') {
    return (
      <Textarea
        name={name}
        value={value}
        rows={4}
        maxLength={mostOf(part)}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  const number = kind === 'number'
  return (
    <Input
      name={name}
      value={value}
      type={typeOf[kind] ?? 'text'}
      {...(number ? { min: 0 } : { maxLength: mostOf(part) })}
      onChange={({ currentTarget: { value: typed } }) =>
        onChange(number && typed !== '' ? Number(typed) : typed)
      }
    />
  )
}
