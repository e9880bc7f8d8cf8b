pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What this conversation asks the model with; an empty field is the model's default.
Sheet {
    id: root

    required property ChatViewModel chat
    required property ModelsViewModel models

    property var fields: []
    property var values: ({})
    property string model: ""
    property bool valid: true
    property string shownId: ""

    readonly property string modelName: model !== "" ? models.label(model) : qsTr("The default model")

    function edit(): void {
        const texts = chat.settingTexts();
        values = texts;
        model = texts.model;
        prompt.text = texts.system_prompt;
        fields = [[qsTr("Temperature"), "temperature", qsTr("0 to 2; low is predictable")], [qsTr("Top P"), "top_p", qsTr("0 to 1; share of likely words")], [qsTr("Longest answer, in tokens"), "max_output_tokens", qsTr("As long as it needs")], [qsTr("Seed"), "seed", qsTr("Another one each time")]];
        valid = true;
        flick.contentY = 0;
        open();
        prompt.forceActiveFocus(Qt.TabFocusReason);
    }
    function given(name: string, text: string): void {
        values[name] = text;
        valid = fields.every(field => chat.settingProblem(field[1], values[field[1]]) === "");
    }
    function save(): void {
        if (!valid)
            return;
        const texts = Object.assign({}, values);
        texts.system_prompt = prompt.text;
        texts.model = model;
        if (chat.saveSettings(texts))
            close();
    }

    anchors.centerIn: parent
    width: Math.min(Theme.size(560), parent ? parent.width - Theme.gap6 : Theme.size(560))
    height: Math.min(implicitHeight, parent ? parent.height - Theme.gap6 : implicitHeight)
    padding: Theme.gap5

    Connections {
        target: root.chat

        function onConversationChanged(): void {
            if (root.chat.conversationId !== root.shownId)
                root.close();
        }
    }

    onAboutToShow: shownId = chat.conversationId

    contentItem: ColumnLayout {
        spacing: Theme.gap4
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Conversation settings")

        ColumnLayout {
            spacing: 2

            Words {
                Layout.fillWidth: true
                text: qsTr("Conversation settings")
                font.pixelSize: Theme.sizeHeading
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            Words {
                Layout.fillWidth: true
                text: qsTr("They count from the next answer on. An empty field leaves it to the model.")
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeSmall
            }
        }
        Flickable {
            id: flick

            Layout.fillWidth: true
            Layout.fillHeight: true
            implicitHeight: column.implicitHeight
            contentHeight: column.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            ScrollBar.vertical: ScrollLine {}

            function reveal(item: Item): void {
                const top = item.mapToItem(column, 0, 0).y;
                contentY = Math.max(0, Math.min(Math.max(contentY, top + item.height - height), top));
            }

            ColumnLayout {
                id: column

                width: flick.width
                spacing: Theme.gap4

                ColumnLayout {
                    id: promptGroup

                    spacing: Theme.gap1

                    Words {
                        text: qsTr("System prompt")
                        font.pixelSize: Theme.sizeSmall
                        font.weight: Font.Medium
                    }
                    Rectangle {
                        Layout.fillWidth: true
                        implicitHeight: Theme.size(112)
                        radius: Theme.radiusButton
                        color: Theme.surface2
                        border.color: prompt.activeFocus ? Theme.accent : Theme.line
                        border.width: prompt.activeFocus ? 2 : 1

                        ScrollView {
                            id: scroll

                            anchors.fill: parent
                            anchors.margins: 2
                            ScrollBar.vertical: ScrollLine {
                                parent: scroll
                                x: scroll.width - width
                                height: scroll.height
                            }

                            TextArea {
                                id: prompt

                                leftPadding: Theme.gap3 - 2
                                rightPadding: Theme.gap3
                                topPadding: Theme.gap2
                                bottomPadding: Theme.gap2
                                placeholderText: qsTr("How the model should answer: its role, its tone, what to leave out")
                                placeholderTextColor: Theme.muted
                                textFormat: TextEdit.PlainText
                                color: Theme.text
                                font.family: Theme.family
                                font.pixelSize: Theme.sizeSmall
                                wrapMode: TextEdit.Wrap
                                selectionColor: Theme.selection
                                selectedTextColor: Theme.text
                                background: null
                                Accessible.role: Accessible.EditableText
                                Accessible.name: qsTr("System prompt")
                                KeyNavigation.priority: KeyNavigation.BeforeItem
                                KeyNavigation.tab: modelButton
                                KeyNavigation.backtab: saveButton
                                onActiveFocusChanged: if (activeFocus) flick.reveal(promptGroup)
                            }
                        }
                    }
                }
                ColumnLayout {
                    id: modelGroup

                    spacing: Theme.gap1

                    Words {
                        text: qsTr("Model")
                        font.pixelSize: Theme.sizeSmall
                        font.weight: Font.Medium
                    }
                    ActionButton {
                        id: modelButton

                        Layout.fillWidth: true
                        text: root.modelName
                        Accessible.role: Accessible.ComboBox
                        Accessible.name: qsTr("Model: %1").arg(text)
                        onClicked: menu.open()
                        onActiveFocusChanged: if (activeFocus) flick.reveal(modelGroup)

                        Icon {
                            anchors.right: parent.right
                            anchors.rightMargin: Theme.gap3
                            anchors.verticalCenter: parent.verticalCenter
                            name: "chevron-down"
                            extent: 15
                        }
                        LazyPopup {
                            id: menu

                            sourceComponent: PopupMenu {
                                id: entries

                                parent: modelButton
                                y: modelButton.height + Theme.gap1
                                width: modelButton.width

                                PopupItem {
                                    text: qsTr("The default model")
                                    checkable: true
                                    checked: root.model === ""
                                    onTriggered: root.model = ""
                                }
                                Instantiator {
                                    model: root.models.chatModels
                                    delegate: PopupItem {
                                        required property var modelData

                                        text: modelData.name
                                        hint: modelData.detail
                                        checkable: true
                                        checked: root.model === modelData.modelId
                                        onTriggered: root.model = modelData.modelId
                                    }
                                    onObjectAdded: (index, object) => entries.insertItem(index + 1, object as PopupItem)
                                    onObjectRemoved: (index, object) => entries.removeItem(object as PopupItem)
                                }
                            }
                        }
                    }
                }
                GridLayout {
                    columns: 2
                    columnSpacing: Theme.gap4
                    rowSpacing: Theme.gap4
                    uniformCellWidths: true

                    Repeater {
                        model: root.fields

                        ColumnLayout {
                            id: group

                            required property var modelData

                            Layout.fillWidth: true
                            Layout.alignment: Qt.AlignTop
                            spacing: Theme.gap1

                            Words {
                                Layout.fillWidth: true
                                text: group.modelData[0]
                                font.pixelSize: Theme.sizeSmall
                                font.weight: Font.Medium
                            }
                            Field {
                                id: input

                                Layout.fillWidth: true
                                text: root.values[group.modelData[1]] ?? ""
                                label: group.modelData[0]
                                placeholderText: group.modelData[2]
                                bad: sentence.text !== ""
                                Accessible.description: sentence.text
                                onTextEdited: root.given(group.modelData[1], text)
                                onAccepted: root.save()
                                onActiveFocusChanged: if (activeFocus) flick.reveal(group)
                            }
                            Words {
                                id: sentence

                                Layout.fillWidth: true
                                visible: text !== ""
                                text: root.chat.settingProblem(group.modelData[1], input.text)
                                color: Theme.bad
                                wrapMode: Text.Wrap
                                font.pixelSize: Theme.sizeCaption
                            }
                        }
                    }
                }
            }
        }
        RowLayout {
            spacing: Theme.gap2

            Item {
                Layout.fillWidth: true
            }
            ActionButton {
                text: qsTr("Cancel")
                onClicked: root.close()
            }
            ActionButton {
                id: saveButton

                primary: true
                enabled: root.valid
                text: qsTr("Save")
                onClicked: root.save()
            }
        }
    }
}
