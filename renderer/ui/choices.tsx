import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, LANGUAGES } from '../i18n.ts';

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
      {THEMES.map(({ value, icon: Glyph, word }) => (
        <Choice
          key={value}
          chosen={value === colorScheme}
          icon={<Glyph size={18} stroke={1.8} aria-hidden />}
          onChoose={() => setColorScheme(value)}
        >
          {t(word)}
        </Choice>
      ))}
    </ChoiceMenu>
  );
}

/** The language, each named in itself. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <ChoiceMenu label={t('menu.language')} icon={IconLanguage}>
      {LANGUAGES.map(({ code, name }) => (
        <Choice
          key={code}
          chosen={code === i18n.language}
          onChoose={() => void chooseLanguage(code)}
        >
          <span lang={code}>{name}</span>
        </Choice>
      ))}
    </ChoiceMenu>
  );
}

function ChoiceMenu(props: { label: string; icon: Icon; children: ReactNode }) {
  const { icon: Glyph } = props;
  return (
    <Menu position="bottom-end" shadow="md">
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

function Choice(props: {
  chosen: boolean;
  icon?: ReactNode;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={props.chosen}
      leftSection={props.icon}
      rightSection={<IconCheck size={16} opacity={props.chosen ? 1 : 0} aria-hidden />}
      onClick={props.onChoose}
    >
      {props.children}
    </Menu.Item>
  );
}
