import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { chooseLanguage, LANGUAGES, useWords } from '../i18n.ts';
import classes from './choices.module.css';

/** Language and theme, each kept on this till. */
export function Choices() {
  const { t, language } = useWords();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <div className={classes['choices']}>
      <SegmentedControl
        size="md"
        aria-label={t('menu.language')}
        value={language}
        onChange={(code) => void chooseLanguage(code)}
        data={LANGUAGES.map(({ code, name }) => ({
          value: code,
          label: <span lang={code}>{name}</span>,
        }))}
      />
      <SegmentedControl
        size="md"
        aria-label={t('menu.theme')}
        value={colorScheme}
        onChange={setColorScheme}
        data={[
          { value: 'auto', label: t('menu.themeAuto') },
          { value: 'light', label: t('menu.themeLight') },
          { value: 'dark', label: t('menu.themeDark') },
        ]}
      />
    </div>
  );
}
