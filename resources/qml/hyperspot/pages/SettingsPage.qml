pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Every declared setting, in groups.
FocusScope {
    id: root

    required property SettingsViewModel viewModel
    property string shownKey: ""

    signal shortcutsWanted
    signal exchangeWanted
    signal backupsWanted
    signal keysWanted
    signal trashWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")

    ListView {
        id: list

        readonly property real columnWidth: Math.min(width - Theme.gap6 * 2, Theme.pageWidth)

        // Until somebody scrolls, what arrives late must not push the title away.
        property bool untouched: true

        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        leftMargin: Theme.gap6
        rightMargin: Theme.gap6
        topMargin: Theme.gap5 + Theme.gap3
        bottomMargin: Theme.gap6
        flickableDirection: Flickable.VerticalFlick
        cacheBuffer: 2000
        model: root.viewModel.rows
        section.property: "group"
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Settings")
        onWidthChanged: contentX = -leftMargin
        onMovementStarted: untouched = false
        onContentHeightChanged: Qt.callLater(toTop)
        onOriginYChanged: Qt.callLater(toTop)

        function toTop(): void {
            if (untouched)
                contentY = originY - topMargin;
        }

        ScrollBar.vertical: ScrollLine {}

        header: Column {
            width: list.columnWidth
            bottomPadding: Theme.gap2
            spacing: Theme.gap4

            PageHeader {
                width: parent.width
                title: qsTr("Settings")
                detail: qsTr("Changes are kept at once. The arrow beside a value takes it back to its default.")
            }
            Flow {
                width: parent.width
                spacing: Theme.gap2

                ActionButton {
                    iconName: "arrow-up-down"
                    text: qsTr("Import and export")
                    onClicked: root.exchangeWanted()
                }
                ActionButton {
                    iconName: "hard-drive"
                    text: qsTr("Backups")
                    onClicked: root.backupsWanted()
                }
                ActionButton {
                    iconName: "trash-2"
                    text: qsTr("Trash")
                    onClicked: root.trashWanted()
                }
                ActionButton {
                    iconName: "shield-check"
                    text: qsTr("Keys and lock")
                    onClicked: root.keysWanted()
                }
                ActionButton {
                    iconName: "keyboard"
                    text: qsTr("Keyboard shortcuts")
                    onClicked: root.shortcutsWanted()
                }
            }
            ErrorNote {
                width: parent.width
                sentence: root.viewModel.errorSentence
                action: root.viewModel.errorAction
                code: root.viewModel.errorCode
                buttonText: qsTr("Try again")
                onTriggered: root.viewModel.refresh()
            }
        }
        section.delegate: Words {
            required property string section

            width: list.columnWidth
            height: Theme.size(44)
            text: section
            muted: true
            verticalAlignment: Text.AlignBottom
            bottomPadding: Theme.gap2
            font.pixelSize: Theme.sizeCaption
            font.weight: Font.Medium
            Accessible.role: Accessible.Heading
        }
        delegate: Card {
            id: frame

            required property string key
            required property string title
            required property string description
            required property string type
            required property string text
            required property bool checked
            required property string unit
            required property list<string> choices
            required property list<string> choiceLabels
            required property bool isDefault
            required property string rangeText
            required property string error

            width: list.columnWidth
            height: line.implicitHeight
            border.color: root.shownKey === key ? Theme.accent : Theme.line

            SettingLine {
                id: line

                anchors.fill: parent
                key: frame.key
                title: frame.title
                description: frame.description
                type: frame.type
                text: frame.text
                checked: frame.checked
                unit: frame.unit
                choices: frame.choices
                choiceLabels: frame.choiceLabels
                isDefault: frame.isDefault
                rangeText: frame.rangeText
                error: frame.error
                onTextGiven: text => root.viewModel.setText(frame.key, text)
                onCheckedGiven: checked => root.viewModel.setChecked(frame.key, checked)
                onResetWanted: root.viewModel.reset(frame.key)
            }
        }
        spacing: Theme.gap2
    }
    Skeleton {
        anchors.top: parent.top
        anchors.topMargin: Theme.size(130)
        x: Theme.gap6
        width: list.columnWidth
        lines: 5
        lineHeight: 56
        active: root.viewModel.loading
    }

    function show(key: string): void {
        shownKey = key;
        const row = viewModel.rowOf(key);
        list.untouched = false;
        if (row >= 0)
            list.positionViewAtIndex(row, ListView.Center);
    }
}
