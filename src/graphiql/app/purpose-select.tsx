interface PurposeSelectProps {
  value: string;
  /** What the persona's role may assert; empty where only the token knows. */
  permitted: readonly string[];
  known: readonly string[];
  onChange: (purpose: string) => void;
}

/** Every purpose may be tried, also one that will be refused: that is how a policy is understood. */
export function PurposeSelect({ value, permitted, known, onChange }: PurposeSelectProps) {
  const others = known.filter((purpose) => !permitted.includes(purpose));
  return (
    <label>
      Purpose
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">none</option>
        {permitted.length === 0 ? (
          <Purposes of={others} />
        ) : (
          <>
            <optgroup label="This role may assert">
              <Purposes of={permitted} />
            </optgroup>
            <optgroup label="Others">
              <Purposes of={others} />
            </optgroup>
          </>
        )}
      </select>
    </label>
  );
}

function Purposes({ of }: { of: readonly string[] }) {
  return of.map((purpose) => (
    <option key={purpose} value={purpose}>
      {purpose}
    </option>
  ));
}
