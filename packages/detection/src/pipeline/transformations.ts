import { RuleProblem } from '../sigma/located-yaml.ts'
import {
  readFieldMapping,
  readFieldPrefix,
  readFieldSuffix,
  readFieldTransform,
  readPrefixMapping,
} from './field-transformations.ts'
import { readHashesFields } from './hashes-fields.ts'
import type { Params } from './params.ts'
import type { Transformation } from './pipeline.ts'
import {
  readListPlaceholders,
  readValuePlaceholders,
  readWildcardPlaceholders,
} from './placeholder-transformations.ts'
import {
  readAddCondition,
  readAddField,
  readChangeLogsource,
  readDropItem,
  readItemFailure,
  readRemoveField,
  readRuleFailure,
  readSetAttribute,
  readSetField,
  readSetState,
  readStrictMapping,
} from './rule-transformations.ts'
import {
  readCase,
  readConvertType,
  readMapString,
  readRegex,
  readReplaceString,
  readSetValue,
} from './value-transformations.ts'

type TransformationReader = (params: Params) => Transformation

/** pySigma's names of transformations; `nest` is read where steps are. */
const readers: ReadonlyMap<string, TransformationReader> = new Map([
  ['add_condition', readAddCondition],
  ['add_field', readAddField],
  ['case', readCase],
  ['change_logsource', readChangeLogsource],
  ['command_placeholders', refuseOutside],
  ['convert_type', readConvertType],
  ['detection_item_failure', readItemFailure],
  ['drop_detection_item', readDropItem],
  ['field_name_mapping', readFieldMapping],
  ['field_name_prefix', readFieldPrefix],
  ['field_name_prefix_mapping', readPrefixMapping],
  ['field_name_suffix', readFieldSuffix],
  ['field_name_transform', readFieldTransform],
  ['file_placeholders', refuseOutside],
  ['hashes_fields', readHashesFields],
  ['http_placeholders', refuseOutside],
  ['map_string', readMapString],
  ['query_expression_placeholders', readListPlaceholders],
  ['regex', readRegex],
  ['remove_field', readRemoveField],
  ['replace_string', readReplaceString],
  ['rule_failure', readRuleFailure],
  ['set_custom_attribute', readSetAttribute],
  ['set_field', readSetField],
  ['set_state', readSetState],
  ['set_value', readSetValue],
  ['strict_field_mapping_failure', readStrictMapping],
  ['value_placeholders', readValuePlaceholders],
  ['wildcard_placeholders', readWildcardPlaceholders],
])

/** Reads the transformation of a step by its type. Throws RuleProblem for an unknown one. */
export function readTransformation(type: string, params: Params): Transformation {
  const reader = readers.get(type)
  if (reader !== undefined) return reader(params)
  throw new RuleProblem(`unknown transformation "${type}"`, params.placeOf('type'))
}

/** A pipeline neither reads files nor runs commands: what it needs stands in its variables. */
function refuseOutside(params: Params): Transformation {
  throw new RuleProblem('values come from vars only', params.placeOf('type'))
}
