import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES } from '../i18n.ts';
import { MENU } from './window.ts';

const THEMES = [
  { value: 'auto', icon: IconDeviceDesktop, word: 'menu.themeAuto' },
  { value: 'light', icon: IconSun, word: 'menu.themeLight' },
  { value: 'dark', icon: IconMoon, word: 'menu.themeDark' },
] as const;

/** The theme: as the computer says, light or dark. Kept in this browser. */
export function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const current = THEMES.find(({ value }) => value === colorScheme) ?? THEMES[0];
  return (
    <ChoiceMenu label={t('menu.theme')} icon={current.icon}>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) =>
          setColorScheme(THEMES.find((one) => one.value === value)?.value ?? 'auto')
        }
      >
        {THEMES.map(({ value, icon: Glyph, word }) => (
          <Menu.RadioItem
            key={value}
            value={value}
            closeMenuOnClick
            rightSection={<Glyph size={18} stroke={1.8} aria-hidden />}
          >
            {t(word)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </ChoiceMenu>
  );
}

/** The language, each named in itself. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <ChoiceMenu label={t('menu.language')} icon={IconLanguage}>
      <Menu.RadioGroup value={i18n.language} onChange={(code) => void chooseLanguage(code)}>
        {LANGUAGES.map(({ code, name }) => (
          <Menu.RadioItem key={code} value={code} closeMenuOnClick>
            <span lang={code}>{name}</span>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </ChoiceMenu>
  );
}

function ChoiceMenu(props: { label: string; icon: Icon; children: ReactNode }) {
  const { icon: Glyph } = props;
  return (
    <Menu {...MENU}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={40}
          aria-label={props.label}
          title={props.label}
        >
          <Glyph size={20} stroke={1.8} color="var(--br-text)" aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{props.children}</Menu.Dropdown>
    </Menu>
  );
}
